using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Everything one signature is made in. Kept for the next one, wiped in between. For one owner at a time.</summary>
internal sealed class AwsV4Workspace
{
    private static readonly IdleSlots<AwsV4Workspace> Idle = new();

    private readonly AwsV4Text _text = new();

    private AwsV4Workspace()
    {
    }

    public AwsV4CanonicalRequest Request { get; } = new();

    public static AwsV4Workspace Take() => Idle.TryTake() ?? new AwsV4Workspace();

    public void GiveBack()
    {
        Clear();
        Idle.TryPut(this);
    }

    public void Clear()
    {
        Request.Clear();
        _text.Clear();
    }

    /// <summary>Writes the canonical request, of a target as text.</summary>
    public void WriteRequest(string method, ReadOnlySpan<char> target, AwsV4PathRule pathRule, string payload)
    {
        _text.Append(target);
        Request.Write(method, _text.Written, pathRule, payload);
        _text.Clear();
    }

    /// <summary>Gives the value of <c>Authorization</c> for the canonical request that was written; <see langword="null"/> when the key was disposed.</summary>
    public string? TryAuthorize(AwsV4SigningKey key, AwsV4Instant instant)
    {
        Span<byte> signature = stackalloc byte[AwsV4SigningKey.Length];
        WriteStringToSign(_text, Request.Text.Written, key.Scope, instant);
        if (!key.TrySign(_text.Written, signature))
        {
            return null;
        }

        _text.Truncate(0);
        _text.Append(key.AuthorizationStart);
        _text.Append(Request.SignedHeaders);
        _text.Append(", Signature="u8);
        _text.AppendHex(signature);
        return Encoding.ASCII.GetString(_text.Written);
    }

    /// <summary>Writes what the key signs.</summary>
    public static void WriteStringToSign(AwsV4Text text, ReadOnlySpan<byte> canonicalRequest, AwsV4CredentialScope scope, AwsV4Instant instant)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonicalRequest, hash);

        text.Append("AWS4-HMAC-SHA256\n"u8);
        text.Append(instant.Text);
        text.Append((byte)'\n');
        text.Append(scope.Text);
        text.Append((byte)'\n');
        text.AppendHex(hash);
    }
}
