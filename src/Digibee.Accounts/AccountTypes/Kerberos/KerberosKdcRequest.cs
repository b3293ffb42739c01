using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Writes AS-REQ and TGS-REQ (RFC 4120, section 5.4.1).</summary>
internal static class KerberosKdcRequest
{
    public const int AsRequest = 10;
    public const int TgsRequest = 12;

    /// <summary>Asks for a name that the KDC prefers, and for the way to another realm (RFC 6806).</summary>
    public const uint Canonicalize = 0x0001_0000;

    private const int ProtocolVersion = 5;

    // As long as the realm allows (RFC 4120, section 5.4.1).
    private static readonly DateTimeOffset NoEnd = DateTimeOffset.UnixEpoch;

    /// <summary>Writes KDC-REQ-BODY.</summary>
    /// <param name="options">The options.</param>
    /// <param name="client">The client, in requests to the AS.</param>
    /// <param name="service">The service, in the realm that is asked.</param>
    /// <param name="nonce">A random number, below 2^31.</param>
    /// <param name="encryptionTypes">The types the client knows, the strongest first.</param>
    public static byte[] Body(uint options, KerberosPrincipal? client, KerberosPrincipal service, int nonce, IEnumerable<KerberosEncryptionType> encryptionTypes)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.Flags(0, options);
            if (client is not null)
            {
                writer.Field(1, client);
            }

            writer.Field(2, service.Realm);
            writer.Field(3, service);
            writer.Field(5, NoEnd);
            writer.Field(7, nonce);
            using (writer.Field(8))
            using (writer.PushSequence())
            {
                foreach (var type in encryptionTypes)
                {
                    writer.WriteInteger((long)type);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>Writes the request around its body.</summary>
    /// <param name="messageType"><see cref="AsRequest"/> or <see cref="TgsRequest"/>, which are the tags too.</param>
    /// <param name="body">The body.</param>
    /// <param name="preauthenticationType">The type of <paramref name="preauthentication"/>.</param>
    /// <param name="preauthentication">The client's proof; empty for none.</param>
    public static byte[] Message(int messageType, ReadOnlySpan<byte> body, int preauthenticationType, ReadOnlySpan<byte> preauthentication)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Application(messageType))
        using (writer.PushSequence())
        {
            writer.Field(1, ProtocolVersion);
            writer.Field(2, messageType);
            if (!preauthentication.IsEmpty)
            {
                using (writer.Field(3))
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.Field(1, preauthenticationType);
                    writer.Field(2, preauthentication);
                }
            }

            using (writer.Field(4))
            {
                writer.WriteEncodedValue(body);
            }
        }

        return writer.Encode();
    }
}
