using System.Buffers;
using System.Text.Unicode;

namespace Digibee.Accounts;

/// <summary>Single parameters of a query, read as a form and encoded anew (RFC 9421, section 2.2.8, and the URL standard it names).</summary>
internal static class SignatureQuery
{
    private static readonly SearchValues<byte> Unescaped = SearchValues.Create("*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Writes the value of a parameter; <see langword="null"/>, or why it has none.</summary>
    /// <param name="text">Takes the value.</param>
    /// <param name="query">The query, with its question mark.</param>
    /// <param name="name">The name, percent-encoded.</param>
    public static string? WriteValue(SigningText text, ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        var isFound = false;
        var pairs = query[1..];
        var valueEnd = text.Length;
        foreach (var range in pairs.Split('&'))
        {
            var pair = pairs[range];
            var end = pair.IndexOf('=');
            var isMeant = !pair.IsEmpty && TryReencode(text, end < 0 ? pair : pair[..end]) && Is(text.Written[valueEnd..], name);
            text.Truncate(valueEnd);
            if (!isMeant)
            {
                continue;
            }

            if (isFound)
            {
                return "the query has the parameter more than once, so no one value can be named";
            }

            isFound = true;
            if (!TryReencode(text, end < 0 ? default : pair[(end + 1)..]))
            {
                return "the parameter's value is not UTF-8";
            }

            valueEnd = text.Length;
        }

        return isFound ? null : "the query has no such parameter";
    }

    private static bool Is(ReadOnlySpan<byte> written, ReadOnlySpan<char> name)
    {
        if (written.Length != name.Length)
        {
            return false;
        }

        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReencode(SigningText text, ReadOnlySpan<char> value)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(value.Length);
        try
        {
            var length = Decode(value, bytes);
            if (!Utf8.IsValid(bytes.AsSpan(0, length)))
            {
                return false;
            }

            foreach (var b in bytes.AsSpan(0, length))
            {
                if (Unescaped.Contains(b))
                {
                    text.Append(b);
                }
                else
                {
                    text.Append((byte)'%');
                    text.Append(HexDigit(b >> 4));
                    text.Append(HexDigit(b & 0xF));
                }
            }

            return true;
        }
        finally
        {
            // A parameter may be an API key.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    private static int Decode(ReadOnlySpan<char> value, Span<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '%' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                bytes[length++] = (byte)((Digit(value[i + 1]) << 4) | Digit(value[i + 2]));
                i += 2;
            }
            else
            {
                bytes[length++] = c == '+' ? (byte)' ' : (byte)c;
            }
        }

        return length;
    }

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private static byte HexDigit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
