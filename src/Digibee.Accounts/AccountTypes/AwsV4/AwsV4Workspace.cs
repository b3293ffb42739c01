using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Everything one signature is made in. Kept for the next one, wiped in between. For one owner at a time.</summary>
internal sealed class AwsV4Workspace
{
    private static readonly IdleSlots<AwsV4Workspace> Idle = new();

    private readonly SigningText _text = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private AwsV4Workspace()
    {
    }

    public AwsV4CanonicalRequest Request { get; } = new();

    public static AwsV4Workspace Take() => Idle.TryTake() ?? new AwsV4Workspace();

    public void GiveBack()
    {
        Clear();
        if (!Idle.TryPut(this))
        {
            _hash.Dispose();
        }
    }

    public void Clear()
    {
        Request.Clear();
        _text.Clear();
    }

    /// <summary>Gives the names of the headers that are signed, before the canonical request is written.</summary>
    public string SignedHeaderNames()
    {
        Request.Headers.AppendNames(_text);
        var names = Encoding.ASCII.GetString(_text.Written);
        _text.Truncate(0);
        return names;
    }

    /// <summary>Writes the canonical request, of a target as text.</summary>
    public void WriteRequest(string method, ReadOnlySpan<char> target, AwsV4PathRule pathRule, string payload)
    {
        _text.Append(target);
        Request.Write(method, _text.Written, pathRule, payload);
        _text.Clear();
    }

    /// <summary>Gives the value of <c>Authorization</c> for the canonical request that was written.</summary>
    public string Authorize(AwsV4SigningKeys keys, AwsV4Instant instant, AwsV4Scope scope)
    {
        while (true)
        {
            // A key that was replaced between its look-up and its use is derived again.
            var key = keys.Get(instant, scope.Region, scope.Service);
            var authorization = TryAuthorize(key, instant);
            keys.Return(key);
            if (authorization is not null)
            {
                return authorization;
            }
        }
    }

    /// <summary>Gives the same with one key; <see langword="null"/> when the key was disposed.</summary>
    public string? TryAuthorize(AwsV4Signer key, AwsV4Instant instant)
    {
        Span<byte> signature = stackalloc byte[AwsV4Signer.MaxSignatureLength];
        if (!TrySign(key, instant, signature, out var length))
        {
            return null;
        }

        _text.Append(key.AuthorizationStart);
        _text.Append(Request.SignedHeaders);
        _text.Append(", Signature="u8);
        _text.AppendHex(signature[..length]);
        return Encoding.ASCII.GetString(_text.Written);
    }

    /// <summary>Gives the signature of the canonical request that was written, in hexadecimal.</summary>
    public string Sign(AwsV4SigningKeys keys, AwsV4Instant instant, AwsV4Scope scope)
    {
        Span<byte> signature = stackalloc byte[AwsV4Signer.MaxSignatureLength];
        while (true)
        {
            var key = keys.Get(instant, scope.Region, scope.Service);
            var isSigned = TrySign(key, instant, signature, out var length);
            keys.Return(key);
            if (isSigned)
            {
                return Convert.ToHexStringLower(signature[..length]);
            }
        }
    }

    /// <summary>Writes what the key signs.</summary>
    public void WriteStringToSign(SigningText text, AwsV4CredentialScope scope, AwsV4Instant instant)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.AppendData(Request.Text.Written);
        _hash.GetHashAndReset(hash);

        text.Append(scope.Algorithm);
        text.Append((byte)'\n');
        text.Append(instant.Text);
        text.Append((byte)'\n');
        text.Append(scope.Text);
        text.Append((byte)'\n');
        text.AppendHex(hash);
    }

    private bool TrySign(AwsV4Signer key, AwsV4Instant instant, Span<byte> signature, out int length)
    {
        _text.Truncate(0);
        WriteStringToSign(_text, key.Scope, instant);
        var isSigned = key.TrySign(_text.Written, signature, out length);
        _text.Truncate(0);
        return isSigned;
    }
}
