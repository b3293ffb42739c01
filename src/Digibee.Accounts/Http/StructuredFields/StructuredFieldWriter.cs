using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Serialises structured fields (RFC 9651, section 4.1).</summary>
internal static class StructuredFieldWriter
{
    public static void WriteList(SigningText text, IReadOnlyList<StructuredMember> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            WriteSeparator(text, i);
            WriteMember(text, list[i]);
        }
    }

    public static void WriteDictionary(SigningText text, StructuredMap<StructuredMember> dictionary)
    {
        for (var i = 0; i < dictionary.Count; i++)
        {
            WriteSeparator(text, i);
            var (key, member) = dictionary[i];
            text.Append(key);
            if (member.InnerList is null && member.Item.IsTrue)
            {
                WriteParameters(text, member.Parameters);
            }
            else
            {
                text.Append((byte)'=');
                WriteMember(text, member);
            }
        }
    }

    public static void WriteMember(SigningText text, StructuredMember member)
    {
        if (member.InnerList is null)
        {
            WriteBareItem(text, member.Item);
        }
        else
        {
            WriteInnerList(text, member.InnerList);
        }

        WriteParameters(text, member.Parameters);
    }

    public static void WriteBareItem(SigningText text, in StructuredBareItem item)
    {
        switch (item.Kind)
        {
            case StructuredKind.Integer:
                WriteInteger(text, item.Number);
                break;
            case StructuredKind.Decimal:
                WriteDecimal(text, item.Number);
                break;
            case StructuredKind.String:
                WriteString(text, item.Text);
                break;
            case StructuredKind.Token:
                text.Append(item.Text);
                break;
            case StructuredKind.ByteSequence:
                WriteByteSequence(text, item.Bytes);
                break;
            case StructuredKind.Boolean:
                text.Append(item.IsTrue ? "?1"u8 : "?0"u8);
                break;
            case StructuredKind.Date:
                text.Append((byte)'@');
                WriteInteger(text, item.Number);
                break;
            case StructuredKind.DisplayString:
                WriteDisplayString(text, item.Text!);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public static void WriteInteger(SigningText text, long value)
    {
        Span<char> digits = stackalloc char[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        text.Append(digits[..length]);
    }

    public static void WriteString(SigningText text, ReadOnlySpan<char> value)
    {
        text.Append((byte)'"');
        while (value.IndexOfAny('"', '\\') is var escaped and >= 0)
        {
            text.Append(value[..escaped]);
            text.Append((byte)'\\');
            text.Append((byte)value[escaped]);
            value = value[(escaped + 1)..];
        }

        text.Append(value);
        text.Append((byte)'"');
    }

    public static void WriteByteSequence(SigningText text, ReadOnlySpan<byte> bytes)
    {
        text.Append((byte)':');
        Base64.EncodeToUtf8(bytes, text.Take(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out _);
        text.Append((byte)':');
    }

    private static void WriteInnerList(SigningText text, IReadOnlyList<StructuredMember> items)
    {
        text.Append((byte)'(');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                text.Append((byte)' ');
            }

            WriteMember(text, items[i]);
        }

        text.Append((byte)')');
    }

    private static void WriteParameters(SigningText text, StructuredMap<StructuredBareItem> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            var (key, value) = parameters[i];
            text.Append((byte)';');
            text.Append(key);
            if (!value.IsTrue)
            {
                text.Append((byte)'=');
                WriteBareItem(text, value);
            }
        }
    }

    private static void WriteSeparator(SigningText text, int index)
    {
        if (index > 0)
        {
            text.Append(", "u8);
        }
    }

    private static void WriteDecimal(SigningText text, long thousandths)
    {
        if (thousandths < 0)
        {
            text.Append((byte)'-');
        }

        var (whole, fraction) = Math.DivRem(Math.Abs(thousandths), 1_000);
        WriteInteger(text, whole);
        text.Append((byte)'.');
        Span<char> digits = stackalloc char[3];
        fraction.TryFormat(digits, out _, "000", CultureInfo.InvariantCulture);

        // One digit stays, whatever it is.
        text.Append(digits[..1]);
        text.Append(digits[1..].TrimEnd('0'));
    }

    private static void WriteDisplayString(SigningText text, string value)
    {
        text.Append("%\""u8);
        var bytes = Encoding.UTF8.GetBytes(value);
        foreach (var b in bytes)
        {
            if (b is (byte)'%' or (byte)'"' or < (byte)' ' or > (byte)'~')
            {
                text.Append((byte)'%');
                text.AppendHex([b]);
            }
            else
            {
                text.Append(b);
            }
        }

        text.Append((byte)'"');
    }
}
