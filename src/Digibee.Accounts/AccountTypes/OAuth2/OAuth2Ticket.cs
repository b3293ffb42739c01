using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What a log-in remembers between its two calls: sealed, so that any node completes it, and bound to the account it is for.</summary>
/// <param name="Address">The account.</param>
/// <param name="BegunAt">When it began, in Unix microseconds.</param>
/// <param name="Fingerprint"><see cref="TokenKey.Fingerprint"/> of the grant: provider, client and all that it asks for.</param>
/// <param name="State">What the callback must repeat.</param>
/// <param name="Verifier">The proof key of PKCE (RFC 7636).</param>
/// <param name="RedirectUri">Where the browser comes back to.</param>
internal sealed record OAuth2Ticket(AccountAddress Address, long BegunAt, string Fingerprint, string State, Secret Verifier, string RedirectUri)
{
    // No type of a row: a ticket never opens as one.
    private const string Type = "oauth-ticket-2";
    private const int RandomLength = 32;
    private const int LongestTicket = 8_192;

    public static OAuth2Ticket Create(TokenKey key, Uri redirectUri, DateTimeOffset now) => new(
        key.Address,
        (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        key.Fingerprint,
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomLength)),
        new Secret(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomLength)).AsSpan()),
        redirectUri.OriginalString);

    /// <summary>Gets the challenge that the provider compares the verifier with (S256).</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Verifier.RevealBytes()));

    public DateTimeOffset BegunOn => DateTimeOffset.UnixEpoch.AddTicks(BegunAt * TimeSpan.TicksPerMicrosecond);

    public string Seal(AccountSealer sealer)
    {
        using var content = new SecretBufferWriter();
        Write(Encoding.UTF8.GetBytes($"{Fingerprint} {State} "), content);
        Write(Verifier.RevealBytes(), content);
        Write(Encoding.UTF8.GetBytes($" {RedirectUri}"), content);
        using var plaintext = content.ToSecretBuffer();
        return string.Create(CultureInfo.InvariantCulture, $"{Address.Name}~{BegunAt}~{Base64Url.EncodeToString(sealer.Seal(ContextOf(Address, BegunAt), plaintext.Span))}");
    }

    /// <summary>Opens a ticket; <see langword="null"/> when it is none of this realm and environment, or somebody changed it. Never throws for any input.</summary>
    public static OAuth2Ticket? TryOpen(string ticket, string realm, string environment, AccountSealer sealer)
    {
        if (ticket.Length > LongestTicket || ticket.Split('~') is not [var name, var time, var text]
            || !AccountAddress.IsPart(name) || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var begunAt))
        {
            return null;
        }

        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        try
        {
            var address = new AccountAddress(realm, environment, name);
            using var plaintext = sealer.Open(ContextOf(address, begunAt), Base64Url.DecodeFromChars(text));
            var content = plaintext.Span;
            var first = content.IndexOf((byte)' ');
            var second = first + 1 + content[(first + 1)..].IndexOf((byte)' ');
            var third = second + 1 + content[(second + 1)..].IndexOf((byte)' ');
            return new(
                address,
                begunAt,
                Encoding.UTF8.GetString(content[..first]),
                Encoding.UTF8.GetString(content[(first + 1)..second]),
                new Secret(content[(second + 1)..third]),
                Encoding.UTF8.GetString(content[(third + 1)..]));
        }
        catch (AccountSealException)
        {
            return null;
        }
    }

    private static SealContext ContextOf(AccountAddress address, long begunAt) =>
        new() { Realm = address.Partition, Name = address.Name, Type = Type, Revision = (ulong)begunAt, Metadata = [] };

    private static void Write(ReadOnlySpan<byte> bytes, SecretBufferWriter output)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
