using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Reads bare items (RFC 9651, sections 4.2.3.1 to 4.2.10).</summary>
internal static class StructuredBareItemReader
{
    private const int MaxIntegerDigits = 15;
    private const int MaxDecimalIntegerDigits = 12;
    private const int MaxFractionDigits = 3;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(ref StructuredInput input, out StructuredBareItem item)
    {
        item = default;
        return input.Peek switch
        {
            '"' => TryString(ref input, out item),
            ':' => TryByteSequence(ref input, out item),
            '?' => TryBoolean(ref input, out item),
            '@' => TryDate(ref input, out item),
            '%' => TryDisplayString(ref input, out item),
            '-' => TryNumber(ref input, out item),
            var c when char.IsAsciiDigit(c) => TryNumber(ref input, out item),
            var c when StructuredSyntax.StartsToken(c) => TryToken(ref input, out item),
            _ => false,
        };
    }

    private static bool TryNumber(ref StructuredInput input, out StructuredBareItem item)
    {
        item = default;
        var isNegative = input.TryTake('-');
        var digits = TakeDigits(ref input);
        if (digits.IsEmpty)
        {
            return false;
        }

        if (input.Peek != '.')
        {
            if (digits.Length > MaxIntegerDigits)
            {
                return false;
            }

            item = StructuredBareItem.Integer(Signed(digits, isNegative));
            return true;
        }

        input.TryTake('.');
        var fraction = TakeDigits(ref input);
        if (digits.Length > MaxDecimalIntegerDigits || fraction.Length is 0 or > MaxFractionDigits)
        {
            return false;
        }

        Span<char> thousandths = stackalloc char[digits.Length + MaxFractionDigits];
        thousandths.Fill('0');
        digits.CopyTo(thousandths);
        fraction.CopyTo(thousandths[digits.Length..]);
        item = StructuredBareItem.Decimal(Signed(thousandths, isNegative));
        return true;
    }

    private static ReadOnlySpan<char> TakeDigits(ref StructuredInput input)
    {
        var end = input.Rest.IndexOfAnyExceptInRange('0', '9');
        return input.Take(end < 0 ? input.Length : end);
    }

    private static long Signed(ReadOnlySpan<char> digits, bool isNegative)
    {
        var number = long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -number : number;
    }

    private static bool TryString(ref StructuredInput input, out StructuredBareItem item)
    {
        item = default;
        input.TryTake('"');
        var end = input.Rest.IndexOfAny('"', '\\');
        if (end >= 0 && input.Rest[end] == '"')
        {
            // The rule: nothing is escaped.
            var text = input.Take(end);
            input.TryTake('"');
            return IsString(text.ToString(), out item);
        }

        var value = new StringBuilder();
        while (!input.IsEmpty)
        {
            if (input.TryTake('"'))
            {
                return IsString(value.ToString(), out item);
            }

            if (input.TryTake('\\') && input.Peek is not ('"' or '\\'))
            {
                return false;
            }

            value.Append(input.Take(1));
        }

        return false;
    }

    private static bool IsString(string value, out StructuredBareItem item)
    {
        var isString = StructuredSyntax.IsString(value);
        item = isString ? StructuredBareItem.String(value) : default;
        return isString;
    }

    private static bool TryToken(ref StructuredInput input, out StructuredBareItem item)
    {
        item = StructuredBareItem.Token(input.Take(StructuredSyntax.TokenLength(input.Rest)).ToString());
        return true;
    }

    private static bool TryByteSequence(ref StructuredInput input, out StructuredBareItem item)
    {
        item = default;
        input.TryTake(':');
        var end = input.Rest.IndexOf(':');
        if (end < 0)
        {
            return false;
        }

        var encoded = input.Take(end);
        input.TryTake(':');

        // The decoder skips white space, which is not allowed here; padding may be missing (section 4.2.7).
        if (encoded.ContainsAny(" \t\r\n"))
        {
            return false;
        }

        var unpadded = encoded.TrimEnd('=');
        if (encoded.Length - unpadded.Length > 2 || unpadded.Length % 4 == 1)
        {
            return false;
        }

        var padded = unpadded.ToString().PadRight((unpadded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, bytes, out var length))
        {
            return false;
        }

        item = StructuredBareItem.ByteSequence(bytes[..length]);
        return true;
    }

    private static bool TryBoolean(ref StructuredInput input, out StructuredBareItem item)
    {
        input.TryTake('?');
        item = input.Peek == '1' ? StructuredBareItem.True : StructuredBareItem.False;
        return input.TryTake('0') || input.TryTake('1');
    }

    private static bool TryDate(ref StructuredInput input, out StructuredBareItem item)
    {
        input.TryTake('@');
        if (!TryNumber(ref input, out item) || item.Kind != StructuredKind.Integer)
        {
            return false;
        }

        item = StructuredBareItem.Date(item.Number);
        return true;
    }

    private static bool TryDisplayString(ref StructuredInput input, out StructuredBareItem item)
    {
        item = default;
        input.TryTake('%');
        if (!input.TryTake('"'))
        {
            return false;
        }

        var bytes = new List<byte>();
        while (!input.IsEmpty)
        {
            if (input.TryTake('"'))
            {
                return TryDecode([.. bytes], out item);
            }

            var c = input.Take(1)[0];
            if (c == '%')
            {
                if (input.Length < 2 || !char.IsAsciiHexDigitLower(input.Rest[0]) || !char.IsAsciiHexDigitLower(input.Rest[1]))
                {
                    return false;
                }

                bytes.Add(byte.Parse(input.Take(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            }
            else if (c is >= ' ' and <= '~')
            {
                bytes.Add((byte)c);
            }
            else
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryDecode(byte[] bytes, out StructuredBareItem item)
    {
        item = default;
        try
        {
            item = StructuredBareItem.DisplayString(StrictUtf8.GetString(bytes));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
