namespace Digibee.Accounts;

/// <summary>The open part of an answer with a ticket: AS-REP or TGS-REP (RFC 4120, section 5.4.2).</summary>
/// <param name="Client">Whose ticket it is.</param>
/// <param name="Service">For which service the ticket says that it is.</param>
/// <param name="Ticket">The ticket, encoded.</param>
/// <param name="Sealed">What the client alone can read.</param>
internal sealed record KerberosKdcReply(KerberosPrincipal Client, KerberosPrincipal Service, byte[] Ticket, KerberosEncryptedData Sealed)
{
    public const int AsReply = 11;
    public const int TgsReply = 13;

    private const int TicketTag = 1;

    /// <summary>Reads an answer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="messageType"><see cref="AsReply"/> or <see cref="TgsReply"/>, which are the tags too.</param>
    /// <exception cref="System.Formats.Asn1.AsnContentException">It is none.</exception>
    public static KerberosKdcReply Read(ReadOnlySpan<byte> message, int messageType)
    {
        var reply = KerberosReader.OfMessage(message, messageType);
        reply.SkipFieldsBefore(3);
        var realm = reply.Field(3).Text();
        var client = reply.Field(4).Principal(realm);
        var ticket = reply.Field(5).Encoded();
        var content = KerberosReader.OfMessage(ticket, TicketTag);
        content.SkipFieldsBefore(1);
        var serviceRealm = content.Field(1).Text();
        var service = content.Field(2).Principal(serviceRealm);
        return new(client, service, ticket.ToArray(), reply.Field(6).EncryptedData());
    }
}
