namespace Digibee.Accounts;

/// <summary>The place of one ticket in a <see cref="KerberosTicketCache"/>, whose lock guards it.</summary>
internal sealed class KerberosTicketSlot
{
    public KerberosTicket? Ticket { get; set; }

    public DateTimeOffset ObtainedAt { get; set; }

    /// <summary>Gets or sets the request for a ticket that is under way, for all who wait.</summary>
    public Task<KerberosTicket>? Flight { get; set; }

    /// <summary>Gets or sets why there was none the last time.</summary>
    public AccountAuthenticationException? Refusal { get; set; }

    /// <summary>Gets or sets until when the KDC is not asked again after a failure.</summary>
    public DateTimeOffset QuietUntil { get; set; }

    public long LastUse { get; set; }
}
