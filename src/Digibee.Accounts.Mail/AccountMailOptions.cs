using System.Security.Cryptography.X509Certificates;
using MailKit;

namespace Digibee.Accounts;

/// <summary>Settings of <see cref="IAccountMailer"/>. Read once, when the mailer is made.</summary>
public sealed class AccountMailOptions
{
    /// <summary>Gets or sets the most connections that <see cref="IAccountMailer.SendAsync"/> uses for one account at the same time. Who comes beyond waits for one.</summary>
    /// <value>1 to 100. The default is 10.</value>
    public int MaxConnections { get; set; } = 10;

    /// <summary>Gets or sets the most connections that are kept for the next message, of all accounts together.</summary>
    /// <value>0 (none is kept) to 10,000. The default is 100.</value>
    public int MaxIdleConnections { get; set; } = 100;

    /// <summary>Gets or sets how long a connection is kept without a message. Servers end idle connections themselves, after five minutes as a rule (RFC 5321, section 4.5.3.2.7).</summary>
    /// <value>One second to ten minutes. The default is one minute.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets after how many messages a connection is not used again. Many servers have such a limit of their own.</summary>
    /// <value>1 to 100,000. The default is 100.</value>
    public int MaxMessagesPerConnection { get; set; } = 100;

    /// <summary>Gets or sets how long connecting, TLS and signing in may take together. An account's <c>mail.smtp.connectiontimeout</c> goes before it.</summary>
    /// <value>100 milliseconds to ten minutes. The default is 30 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long the server may take to read or to answer. An account's <c>mail.smtp.timeout</c> goes before it.</summary>
    /// <value>100 milliseconds to one hour. The default is two minutes.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets certificates of authorities that are trusted beside those of the platform. Names, dates and purpose of a server's certificate are checked all the same; there is no way to switch that off.</summary>
    /// <value>Empty by default.</value>
    public X509Certificate2Collection TrustedRoots { get; } = [];

    /// <summary>Gets or sets whether the authorities are asked if they have revoked the server's certificate. It is then refused when they do not answer.</summary>
    /// <value>The default is <see langword="false"/>, as for <see cref="HttpClient"/>.</value>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Gets or sets what makes a log of the protocol for each new connection, by the account's name: <c>name => new ProtocolLogger($"{name}.{Guid.NewGuid():N}.smtp.log")</c>. The connection disposes it.</summary>
    /// <remarks>Connections are open side by side, and MailKit's <c>ProtocolLogger</c> does not share its file: each needs one of its own. Everything that is exchanged to sign in is hidden before it gets there. Messages and their addresses are not.</remarks>
    /// <value><see langword="null"/>, the default, for none.</value>
    public Func<string, IProtocolLogger>? ProtocolLog { get; set; }
}
