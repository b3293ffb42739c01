using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What stands between the two lines of a PEM block: base64, and for traditional encrypted keys the headers of RFC 1421. Takes what went through an environment variable: <c>\n</c> as two characters, or spaces for line ends.</summary>
internal static class PemBody
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Decodes a block; <see langword="null"/> when it is not base64, or its headers are not those of an encrypted key.</summary>
    /// <param name="body">The text.</param>
    /// <param name="encryption">The value of <c>DEK-Info</c>, such as <c>AES-256-CBC,0011…</c>; <see langword="null"/> without one.</param>
    public static SecretBuffer? Decode(ReadOnlySpan<byte> body, out string? encryption)
    {
        encryption = null;
        using var text = new SecretBuffer(body.Length, body.Length);
        var rest = (ReadOnlySpan<byte>)text.Span[..Unescape(body, text.Span)];
        if (rest.Contains((byte)':') && !TrySkipHeaders(ref rest, out encryption))
        {
            return null;
        }

        var decoded = new SecretBuffer(Base64.GetMaxDecodedFromUtf8Length(rest.Length), Base64.GetMaxDecodedFromUtf8Length(rest.Length));
        if (Base64.DecodeFromUtf8(rest, decoded.Span, out var consumed, out var written) != OperationStatus.Done || consumed != rest.Length || written == 0)
        {
            decoded.Dispose();
            return null;
        }

        decoded.Truncate(written);
        return decoded;
    }

    private static int Unescape(ReadOnlySpan<byte> body, Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\' && i + 1 < body.Length && body[i + 1] is (byte)'n' or (byte)'r')
            {
                text[length++] = (byte)'\n';
                i++;
            }
            else
            {
                text[length++] = body[i];
            }
        }

        return length;
    }

    // By their order and not by lines, which may be gone.
    private static bool TrySkipHeaders(ref ReadOnlySpan<byte> rest, out string? encryption)
    {
        encryption = null;
        if (!TrySkip(ref rest, "Proc-Type:"u8) || !TrySkip(ref rest, "4,ENCRYPTED"u8) || !TrySkip(ref rest, "DEK-Info:"u8))
        {
            return false;
        }

        rest = rest.TrimStart(" \t"u8);
        var end = rest.IndexOfAny(WhiteSpace);
        if (end <= 0)
        {
            return false;
        }

        encryption = Encoding.ASCII.GetString(rest[..end]);
        rest = rest[end..];
        return !rest.Contains((byte)':');
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }
}
