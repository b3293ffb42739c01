using System.Formats.Asn1;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Writes what messages are made of (RFC 4120, section 5.2). Fields are opened by <c>Field</c> and closed by disposing.</summary>
internal static class KerberosAsnWriterExtensions
{
    public static AsnWriter.Scope Field(this AsnWriter writer, int number) => writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, number));

    public static AsnWriter.Scope Application(this AsnWriter writer, int number) => writer.PushSequence(new Asn1Tag(TagClass.Application, number));

    public static void Field(this AsnWriter writer, int number, long value)
    {
        using (writer.Field(number))
        {
            writer.WriteInteger(value);
        }
    }

    public static void Field(this AsnWriter writer, int number, ReadOnlySpan<byte> octets)
    {
        using (writer.Field(number))
        {
            writer.WriteOctetString(octets);
        }
    }

    public static void Field(this AsnWriter writer, int number, string text)
    {
        using (writer.Field(number))
        {
            writer.WriteText(text);
        }
    }

    /// <summary>Writes a KerberosTime: whole seconds, in universal time.</summary>
    public static void Field(this AsnWriter writer, int number, DateTimeOffset time)
    {
        using (writer.Field(number))
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    /// <summary>Writes the name of a principal, without its realm.</summary>
    public static void Field(this AsnWriter writer, int number, KerberosPrincipal principal)
    {
        using (writer.Field(number))
        using (writer.PushSequence())
        {
            writer.Field(0, (long)principal.NameType);
            using (writer.Field(1))
            using (writer.PushSequence())
            {
                foreach (var part in principal.Parts)
                {
                    writer.WriteText(part);
                }
            }
        }
    }

    /// <summary>Writes a field that holds EncryptedData.</summary>
    public static void Field(this AsnWriter writer, int number, KerberosKey key, KerberosKeyUsage usage, ReadOnlySpan<byte> plaintext)
    {
        using (writer.Field(number))
        {
            writer.WriteEncrypted(key, usage, plaintext);
        }
    }

    public static void WriteEncrypted(this AsnWriter writer, KerberosKey key, KerberosKeyUsage usage, ReadOnlySpan<byte> plaintext)
    {
        using (writer.PushSequence())
        {
            writer.Field(0, (long)key.Type);
            writer.Field(2, key.Encrypt(usage, plaintext));
        }
    }

    /// <summary>Writes a field that holds 32 flags.</summary>
    public static void Flags(this AsnWriter writer, int number, uint flags)
    {
        using (writer.Field(number))
        {
            writer.WriteBitString([(byte)(flags >> 24), (byte)(flags >> 16), (byte)(flags >> 8), (byte)flags]);
        }
    }

    /// <summary>Writes a KerberosString, which is a GeneralString: the platform's writer has none.</summary>
    private static void WriteText(this AsnWriter writer, string text)
    {
        const byte GeneralString = 0x1B;
        var length = Encoding.UTF8.GetByteCount(text);
        var head = length switch
        {
            < 0x80 => [GeneralString, (byte)length],
            <= 0xFF => [GeneralString, 0x81, (byte)length],
            <= 0xFFFF => (byte[])[GeneralString, 0x82, (byte)(length >> 8), (byte)length],
            _ => throw new ArgumentOutOfRangeException(nameof(text), "A name in a Kerberos message cannot be longer than 65,535 bytes."),
        };
        writer.WriteEncodedValue([.. head, .. Encoding.UTF8.GetBytes(text)]);
    }
}
