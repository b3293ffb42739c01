using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Signs the chunks of one body, each with the signature before it. For one owner at a time.</summary>
/// <remarks>"Signature calculations for the authorization header: transferring payload in multiple chunks" and "Including trailing headers" in the Amazon S3 API Reference.</remarks>
internal sealed class AwsV4ChunkSigner : IDisposable
{
    private readonly AwsV4Signer _key;
    private readonly AwsV4Instant _instant;
    private readonly SigningText _text = new();
    private readonly byte[] _signature = new byte[2 * AwsV4Signer.MaxSignatureLength];
    private int _length;

    /// <param name="key">A key of its own, disposed with this.</param>
    /// <param name="instant">When the request was signed.</param>
    /// <param name="seedSignature">The signature of the request, in hexadecimal.</param>
    public AwsV4ChunkSigner(AwsV4Signer key, AwsV4Instant instant, string seedSignature)
    {
        _key = key;
        _instant = instant;
        _length = Encoding.ASCII.GetBytes(seedSignature, _signature);
    }

    /// <summary>Gets how many characters a signature takes on the wire: those of 4A differ by a few, and are padded.</summary>
    public static int LengthOf(bool isRegional) => 2 * (isRegional ? AwsV4SigningKey.Length : AwsV4Signer.MaxSignatureLength);

    /// <summary>Signs a chunk.</summary>
    /// <returns>The signature as it is sent; valid until the next one.</returns>
    public ReadOnlySpan<byte> SignChunk(ReadOnlySpan<byte> data)
    {
        Begin("-PAYLOAD\n"u8);
        _text.Append(AwsV4Payload.EmptyHash);
        _text.Append((byte)'\n');
        return Sign(data);
    }

    /// <summary>Signs the trailing headers.</summary>
    /// <param name="canonical">Their lines, each <c>name:value</c> and a line feed.</param>
    /// <returns>The signature as it is sent; valid until the next one.</returns>
    public ReadOnlySpan<byte> SignTrailer(ReadOnlySpan<byte> canonical)
    {
        Begin("-TRAILER\n"u8);
        return Sign(canonical);
    }

    public void Dispose() => _key.Dispose();

    private void Begin(ReadOnlySpan<byte> kind)
    {
        _text.Truncate(0);
        _text.Append(_key.Scope.Algorithm);
        _text.Append(kind);
        _text.Append(_instant.Text);
        _text.Append((byte)'\n');
        _text.Append(_key.Scope.Text);
        _text.Append((byte)'\n');
        _text.Append(_signature.AsSpan(0, _length));
        _text.Append((byte)'\n');
    }

    private ReadOnlySpan<byte> Sign(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        _text.AppendHex(hash);

        Span<byte> signature = stackalloc byte[AwsV4Signer.MaxSignatureLength];
        ObjectDisposedException.ThrowIf(!_key.TrySign(_text.Written, signature, out var length), this);
        Convert.TryToHexStringLower(signature[..length], _signature, out _length);

        // The padding is sent, and no part of what the next one signs.
        var sent = _signature.AsSpan(0, LengthOf(_key.Scope.IsRegional));
        sent[_length..].Fill((byte)'*');
        return sent;
    }
}
