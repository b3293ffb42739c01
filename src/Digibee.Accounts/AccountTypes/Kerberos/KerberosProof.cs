namespace Digibee.Accounts;

/// <summary>What one request proves itself with: an owner of the account's credential and of the ticket until the answer is judged, so that neither is wiped before.</summary>
/// <param name="credential">Whose ticket it is. Owned already.</param>
/// <param name="host">The host that the request goes to.</param>
internal sealed class KerberosProof(KerberosCredential credential, string host) : IDisposable
{
    public KerberosCredential Credential { get; } = credential;

    public string Host { get; } = host;

    /// <summary>Gets or sets the ticket, once it is there. Owned already.</summary>
    public KerberosTicket? Ticket { get; set; }

    /// <summary>Gets or sets the time in the authenticator, which the service's own proof repeats.</summary>
    public DateTimeOffset Timestamp { get; set; }

    public void Dispose()
    {
        Ticket?.Dispose();
        Credential.Dispose();
    }
}
