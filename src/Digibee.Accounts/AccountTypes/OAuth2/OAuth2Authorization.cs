namespace Digibee.Accounts;

/// <summary>A log-in that has begun.</summary>
public sealed class OAuth2Authorization
{
    internal OAuth2Authorization(Uri authorizationUri, string ticket)
    {
        AuthorizationUri = authorizationUri;
        Ticket = ticket;
    }

    /// <summary>Gets where to send the browser.</summary>
    public Uri AuthorizationUri { get; }

    /// <summary>Gets what completes the log-in, sealed: keep it in the session or in an <c>HttpOnly</c>, <c>Secure</c> cookie of this browser. Kept for all, it would let one person's browser finish what another's began.</summary>
    public string Ticket { get; }
}
