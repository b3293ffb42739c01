namespace Digibee.Accounts;

/// <summary>Secret text as a JSON string with its quotes, in memory that is wiped.</summary>
internal static class JsonLiteral
{
    // What RFC 8259, section 7, demands and nothing more: control characters, quote and backslash.
    public static SecretBuffer Of(ReadOnlySpan<byte> utf8)
    {
        var length = utf8.Length + 2;
        foreach (var b in utf8)
        {
            length += EscapedLength(b) - 1;
        }

        var buffer = new SecretBuffer(length, length);
        var rest = buffer.Span;
        rest[0] = (byte)'"';
        rest[^1] = (byte)'"';
        rest = rest[1..];
        foreach (var b in utf8)
        {
            Escape(b, rest);
            rest = rest[EscapedLength(b)..];
        }

        return buffer;
    }

    private static int EscapedLength(byte b) => b switch
    {
        (byte)'"' or (byte)'\\' or (byte)'\n' or (byte)'\r' or (byte)'\t' => 2,
        < 0x20 => 6,
        _ => 1,
    };

    private static void Escape(byte b, Span<byte> destination)
    {
        switch (EscapedLength(b))
        {
            case 1:
                destination[0] = b;
                break;
            case 2:
                destination[0] = (byte)'\\';
                destination[1] = b switch { (byte)'\n' => (byte)'n', (byte)'\r' => (byte)'r', (byte)'\t' => (byte)'t', _ => b };
                break;
            default:
                "\\u00"u8.CopyTo(destination);
                destination[4] = (byte)"01"[b >> 4];
                destination[5] = (byte)"0123456789abcdef"[b & 0xF];
                break;
        }
    }
}
