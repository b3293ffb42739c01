using System.Buffers.Binary;
using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>The wrapping of AP-REQ and AP-REP for HTTP: the Kerberos mechanism of GSS-API (RFC 4121, section 4.1), in SPNEGO (RFC 4178, section 4.2).</summary>
internal static class KerberosSpnego
{
    /// <summary>The type of the checksum that carries GSS-API's flags (RFC 4121, section 4.1.1).</summary>
    public const int ChecksumType = 0x8003;

    private const string SpnegoMechanism = "1.3.6.1.5.5.2";
    private const string KerberosMechanism = "1.2.840.113554.1.2.2";
    private const byte MutualFlag = 2;
    private const int ChecksumLength = 24;
    private const int BindingLength = 16;

    private static ReadOnlySpan<byte> RequestId => [1, 0];

    private static ReadOnlySpan<byte> ReplyId => [2, 0];

    /// <summary>Gives the checksum: no channel binding, and whether the service shall prove itself.</summary>
    public static byte[] Checksum(bool mutual)
    {
        var checksum = new byte[ChecksumLength];
        BinaryPrimitives.WriteInt32LittleEndian(checksum, BindingLength);
        checksum[sizeof(int) + BindingLength] = mutual ? MutualFlag : (byte)0;
        return checksum;
    }

    /// <summary>Wraps AP-REQ into NegTokenInit, which offers Kerberos alone and begins with it.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> apRequest)
    {
        var mechanism = new AsnWriter(AsnEncodingRules.DER);
        mechanism.WriteObjectIdentifier(KerberosMechanism);
        var mechanismId = mechanism.Encode();

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Application(0))
        {
            writer.WriteObjectIdentifier(SpnegoMechanism);
            using (writer.Field(0))
            using (writer.PushSequence())
            {
                using (writer.Field(0))
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(mechanismId);
                }

                writer.Field(2, GssToken([.. mechanismId, .. RequestId, .. apRequest]));
            }
        }

        return writer.Encode();
    }

    /// <summary>Gives AP-REP out of NegTokenResp, or out of the bare token that some send.</summary>
    /// <exception cref="AsnContentException">It is neither, or the service chose another mechanism.</exception>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> token)
    {
        const byte BareToken = 0x60;
        if (token is [BareToken, ..])
        {
            return Reply(token);
        }

        var response = new KerberosReader(token).Field(1).Sequence();
        response.SkipFieldsBefore(2);
        return Reply(response.Field(2).Octets());
    }

    // InitialContextToken: its content is an identifier and then anything, so no writer of ASN.1 can close it.
    private static byte[] GssToken(ReadOnlySpan<byte> content)
    {
        const byte Tag = 0x60;
        return content.Length switch
        {
            < 0x80 => [Tag, (byte)content.Length, .. content],
            <= 0xFF => [Tag, 0x81, (byte)content.Length, .. content],
            <= 0xFFFF => [Tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content],
            _ => [Tag, 0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content],
        };
    }

    private static ReadOnlySpan<byte> Reply(ReadOnlySpan<byte> token)
    {
        AsnDecoder.ReadEncodedValue(token, AsnEncodingRules.BER, out var offset, out var length, out _);
        var content = token.Slice(offset, length);
        var mechanism = AsnDecoder.ReadObjectIdentifier(content, AsnEncodingRules.BER, out var consumed);
        var rest = content[consumed..];
        return mechanism == KerberosMechanism && rest.StartsWith(ReplyId) ? rest[ReplyId.Length..] : throw new AsnContentException();
    }
}
