using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>ECDSA signatures in DER (RFC 3279, section 2.2.3) instead of two numbers side by side.</summary>
internal static class EcdsaDer
{
    public static byte[] Encode(ReadOnlySpan<byte> numbers)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            Write(writer, numbers[..(numbers.Length / 2)]);
            Write(writer, numbers[(numbers.Length / 2)..]);
        }

        return writer.Encode();
    }

    /// <summary>Reads a signature: strictly, so that nobody can write one signature in two ways.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> der, Span<byte> numbers)
    {
        try
        {
            AsnDecoder.ReadSequence(der, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
            var content = der.Slice(offset, length);
            var half = numbers.Length / 2;
            return consumed == der.Length && TryRead(ref content, numbers[..half]) && TryRead(ref content, numbers[half..]) && content.IsEmpty;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static void Write(AsnWriter writer, ReadOnlySpan<byte> number)
    {
        number = number.TrimStart((byte)0);
        writer.WriteIntegerUnsigned(number.IsEmpty ? [0] : number);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> content, Span<byte> number)
    {
        var bytes = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var consumed);
        content = content[consumed..];
        if ((bytes[0] & 0x80) != 0)
        {
            return false;
        }

        bytes = bytes.TrimStart((byte)0);
        if (bytes.Length > number.Length)
        {
            return false;
        }

        number.Clear();
        bytes.CopyTo(number[(number.Length - bytes.Length)..]);
        return true;
    }
}
