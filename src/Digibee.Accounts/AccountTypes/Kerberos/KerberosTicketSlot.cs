namespace Digibee.Accounts;

/// <summary>The place of one ticket in a <see cref="KerberosTicketCache"/>, whose lock guards it.</summary>
internal sealed class KerberosTicketSlot
{
    public KerberosTicket? Ticket { get; set; }

    /// <summary>Gets or sets when the ticket came, by <see cref="KerberosClock.Timestamp"/>.</summary>
    public long ObtainedAt { get; set; }

    /// <summary>Gets or sets the request for a ticket that is under way, for all who wait.</summary>
    public Task<KerberosTicket>? Flight { get; set; }

    /// <summary>Gets or sets why there was none the last time.</summary>
    public AccountAuthenticationException? Refusal { get; set; }

    /// <summary>Gets or sets when that was, by <see cref="KerberosClock.Timestamp"/>.</summary>
    public long FailedAt { get; set; }

    /// <summary>Gets or sets for how long from then on the KDC is not asked again.</summary>
    public TimeSpan QuietTime { get; set; }

    public long LastUse { get; set; }
}
