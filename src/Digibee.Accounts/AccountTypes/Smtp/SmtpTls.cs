namespace Digibee.Accounts;

/// <summary>How the connection to a mail server is protected.</summary>
public enum SmtpTls
{
    /// <summary>STARTTLS (RFC 3207), mandatory: without it nothing is sent.</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Implicit = 1,

    /// <summary>No TLS. Never with a password.</summary>
    None = 2,
}
