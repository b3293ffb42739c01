using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>The nonces that resource servers want in proofs (RFC 9449, section 9), by origin. Few: an account goes to few origins.</summary>
internal sealed class OAuth2Nonces
{
    private const int Capacity = 64;
    private const int LongestNonce = 1_024;

    private readonly ConcurrentDictionary<string, string> _nonces = new(StringComparer.Ordinal);

    public string? Get(Uri uri) => _nonces.GetValueOrDefault(uri.GetLeftPart(UriPartial.Authority));

    public void Set(Uri uri, string nonce)
    {
        if (nonce.Length is 0 or > LongestNonce)
        {
            return;
        }

        if (_nonces.Count >= Capacity)
        {
            // They live for minutes: starting over costs a repetition each at worst.
            _nonces.Clear();
        }

        _nonces[uri.GetLeftPart(UriPartial.Authority)] = nonce;
    }
}
