using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Writes AP-REQ (RFC 4120, section 5.5.1): a ticket, and an authenticator that proves its session key at this moment.</summary>
internal static class KerberosApRequest
{
    public const uint MutualRequired = 0x2000_0000;

    private const int MessageType = 14;
    private const int AuthenticatorTag = 2;
    private const int ProtocolVersion = 5;

    /// <summary>Writes the request.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="usage">What the authenticator is for.</param>
    /// <param name="options">0, or <see cref="MutualRequired"/>.</param>
    /// <param name="timestamp">A time that no other authenticator has.</param>
    /// <param name="checksumType">The type of the checksum.</param>
    /// <param name="checksum">What the authenticator vouches for.</param>
    public static byte[] Message(KerberosTicket ticket, KerberosKeyUsage usage, uint options, DateTimeOffset timestamp, int checksumType, ReadOnlySpan<byte> checksum)
    {
        var authenticator = Authenticator(ticket.Client, timestamp, checksumType, checksum);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Application(MessageType))
        using (writer.PushSequence())
        {
            writer.Field(0, ProtocolVersion);
            writer.Field(1, MessageType);
            writer.Flags(2, options);
            using (writer.Field(3))
            {
                writer.WriteEncodedValue(ticket.Encoded);
            }

            writer.Field(4, ticket.SessionKey, usage, authenticator);
        }

        return writer.Encode();
    }

    private static byte[] Authenticator(KerberosPrincipal client, DateTimeOffset timestamp, int checksumType, ReadOnlySpan<byte> checksum)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.Application(AuthenticatorTag))
        using (writer.PushSequence())
        {
            writer.Field(0, ProtocolVersion);
            writer.Field(1, client.Realm);
            writer.Field(2, client);
            using (writer.Field(3))
            using (writer.PushSequence())
            {
                writer.Field(0, checksumType);
                writer.Field(1, checksum);
            }

            writer.Field(4, KerberosClock.MicrosecondsOf(timestamp));
            writer.Field(5, timestamp);
        }

        return writer.Encode();
    }
}
