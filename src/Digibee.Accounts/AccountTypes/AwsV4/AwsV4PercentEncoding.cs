using System.Buffers;

namespace Digibee.Accounts;

/// <summary>Percent-encoding as the signature wants it: every byte but the unreserved ones, in upper case. <see cref="Uri.EscapeDataString(string)"/> works on text and loses bytes that are not UTF-8.</summary>
internal static class AwsV4PercentEncoding
{
    // RFC 3986, section 2.3.
    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);
    private static readonly SearchValues<byte> UnreservedAndSlash = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"u8);

    /// <summary>Appends bytes encoded once more than they are: a percent sign becomes <c>%25</c>.</summary>
    public static void AppendEncoded(SigningText text, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var plain = CountPlain(bytes, Unreserved);
            text.Append(bytes[..plain]);
            if (plain == bytes.Length)
            {
                return;
            }

            AppendByte(text, bytes[plain]);
            bytes = bytes[(plain + 1)..];
        }
    }

    /// <summary>Appends what is encoded already, decoded and encoded again: one spelling for every byte. A plus sign is a space; a percent sign without two digits is itself.</summary>
    public static void AppendReencoded(SigningText text, ReadOnlySpan<byte> encoded, bool keepSlash)
    {
        var kept = keepSlash ? UnreservedAndSlash : Unreserved;
        while (true)
        {
            var plain = CountPlain(encoded, kept);
            text.Append(encoded[..plain]);
            if (plain == encoded.Length)
            {
                return;
            }

            var decoded = Decode(encoded[plain..], out var length);
            if (kept.Contains(decoded))
            {
                text.Append(decoded);
            }
            else
            {
                AppendByte(text, decoded);
            }

            encoded = encoded[(plain + length)..];
        }
    }

    private static int CountPlain(ReadOnlySpan<byte> bytes, SearchValues<byte> kept) =>
        bytes.IndexOfAnyExcept(kept) is var index && index < 0 ? bytes.Length : index;

    private static byte Decode(ReadOnlySpan<byte> encoded, out int length)
    {
        length = 1;
        if (encoded[0] == (byte)'%' && encoded.Length > 2 && HexValue(encoded[1]) is var high and >= 0 && HexValue(encoded[2]) is var low and >= 0)
        {
            length = 3;
            return (byte)((high << 4) | low);
        }

        return encoded[0] == (byte)'+' ? (byte)' ' : encoded[0];
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };

    private static void AppendByte(SigningText text, byte value)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        text.Append([(byte)'%', digits[value >> 4], digits[value & 15]]);
    }
}
