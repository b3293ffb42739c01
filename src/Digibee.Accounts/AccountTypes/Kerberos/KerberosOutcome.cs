namespace Digibee.Accounts;

/// <summary>What came of a request for a ticket.</summary>
/// <param name="Ticket">The ticket; <see langword="null"/> when it was refused.</param>
/// <param name="Code">Why it was refused.</param>
internal readonly record struct KerberosOutcome(KerberosTicket? Ticket, KerberosErrorCode Code)
{
    public static KerberosOutcome Refused(KerberosErrorCode code) => new(Ticket: null, code);
}
