namespace Digibee.Accounts;

/// <summary>What one request proved, kept until its answer is judged.</summary>
/// <param name="Credential">Whose ticket it was.</param>
/// <param name="TicketKey">What the ticket is kept by.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="Timestamp">The time in the authenticator, which the service's own proof repeats.</param>
internal sealed record KerberosProof(KerberosCredential Credential, string TicketKey, KerberosTicket Ticket, DateTimeOffset Timestamp);
