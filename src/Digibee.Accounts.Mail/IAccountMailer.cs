using MailKit.Net.Smtp;
using MimeKit;

namespace Digibee.Accounts;

/// <summary>Sends mail through SMTP accounts: over TLS, signed in, to the account's own host and port. The account is looked up for each message, so a saved change is in force for the next one. Safe for concurrent use.</summary>
/// <remarks>Failures of the account are exceptions of this library: <see cref="AccountAuthenticationException"/> when the server refuses the sign-in, <see cref="AccountUnavailableException"/> when it cannot be reached or TLS fails,
/// those of <see cref="IAccountVault.OpenAsync"/>, and <see cref="AccountTypeMismatchException"/> for an account of another type. What the server says of the message itself is MailKit's
/// <see cref="SmtpCommandException"/>. Text that the server wrote about a sign-in is not passed on: some servers repeat there what they were sent.</remarks>
public interface IAccountMailer
{
    /// <summary>Gives a client that is connected and signed in. It is the caller's alone: dispose it.</summary>
    /// <remarks>It never comes from the connections that <see cref="SendAsync"/> keeps, and does not become one of them. The settings of the account's <see cref="SmtpAccount.Properties"/> hold for it too.</remarks>
    /// <param name="name">The account's name.</param>
    /// <param name="cancellationToken">Cancels the connection.</param>
    /// <returns>The client.</returns>
    /// <exception cref="AccountException">The account is not usable, was refused, or could not be tried.</exception>
    Task<SmtpClient> ConnectAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Sends a message once, over a kept connection or a new one.</summary>
    /// <remarks>A kept connection that turns out to be gone before the server took the sender is replaced: nothing of the message had been sent. One that breaks later is not: the server may have taken the message, so
    /// it is not sent again, and the <see cref="SmtpProtocolException"/> says so. The same holds after a cancellation.</remarks>
    /// <param name="name">The account's name.</param>
    /// <param name="message">The message, with a sender and recipients. It must not be changed until the task has ended.</param>
    /// <param name="cancellationToken">Cancels the wait for a connection, and the sending; whether the server has the message is then unknown.</param>
    /// <returns>What the server answered to the message: free text, often with its queue's identifier.</returns>
    /// <exception cref="AccountException">The account is not usable, was refused, or could not be tried. Nothing of the message was sent.</exception>
    /// <exception cref="SmtpCommandException">The server refused the sender, a recipient or the message.</exception>
    /// <exception cref="SmtpProtocolException">The connection broke while the message was under way. The server may have taken it.</exception>
    /// <exception cref="InvalidOperationException">The message names no sender or no recipient.</exception>
    /// <exception cref="ObjectDisposedException">The services that the mailer came from have been disposed.</exception>
    Task<string> SendAsync(string name, MimeMessage message, CancellationToken cancellationToken = default);

    /// <summary>Gives the mailer of another realm and environment, over the same options and bounds.</summary>
    /// <param name="realm">The realm: a tenant.</param>
    /// <param name="environment">The environment.</param>
    /// <returns>That mailer. Cheap: keep it or ask again.</returns>
    /// <exception cref="ArgumentException">A part does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    IAccountMailer For(string realm, string environment);
}
