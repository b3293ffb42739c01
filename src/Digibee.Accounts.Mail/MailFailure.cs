using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Proxy;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Digibee.Accounts;

/// <summary>Makes exceptions of this library of what MailKit throws. Texts of the server, and of the exceptions that quote it, are left out: some repeat there what they were sent.</summary>
internal static class MailFailure
{
    /// <summary>Tells whether the connection is at fault, and not the message.</summary>
    public static bool IsBreak(Exception exception) => exception is IOException or SocketException or SmtpProtocolException or ServiceNotConnectedException or TimeoutException;

    /// <summary>Tells whether a kept connection was gone before anything was sent over it.</summary>
    public static bool WasGone(AccountSmtpClient client, Exception exception) =>
        NothingWasTaken(client, exception) || (!client.WasSenderTaken && exception is SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable });

    public static bool NothingWasTaken(AccountSmtpClient client, Exception exception) => !client.WasSenderTaken && IsBreak(exception);

    public static AccountUnavailableException Broken(MailTarget target) =>
        new(target.AccountName, $"The connection of account '{target.AccountName}' to {Place(target)} broke before the server took anything of the message. Try again.");

    public static SmtpProtocolException Unknown(MailTarget target) =>
        new($"The connection of account '{target.AccountName}' to {Place(target)} broke while the message was under way. The server may have taken it, so it was not sent again; send it again only if a second copy does no harm.");

    /// <summary>Makes an exception of what went wrong before the account was signed in.</summary>
    public static AccountException OfConnection(MailTarget target, Exception exception, MailCertificateCheck check)
    {
        var head = $"Account '{target.AccountName}' could not be connected to {Place(target)}:";
        return exception switch
        {
            SslHandshakeException when check.Problem is { } problem => Lasting(target, $"{head} {problem} Nothing was sent."),
            SslHandshakeException when check.WasAsked => Passing(target, $"{head} the server ended the TLS handshake. Does it know the TLS versions and cipher suites that are allowed here?"),
            SslHandshakeException => Lasting(target, $"{head} the server does not speak TLS there. Is Tls right for the port? It is {target.Profile.Account.Tls}."),
            NotSupportedException => Lasting(target, $"{head} the server offers no STARTTLS, so nothing was sent. Either it expects TLS from the first byte (Implicit), or somebody on the way took the offer away."),
            SmtpCommandException command => Unavailable(target, $"{head} the server answered {(int)command.StatusCode}. It takes no mail at the moment, or not from here.", (int)command.StatusCode < 500),
            SmtpProtocolException => Passing(target, $"{head} the server did not answer as a mail server does. Is Tls right for the port? It is {target.Profile.Account.Tls}."),
            SocketException socket => Passing(target, $"{head} {socket.SocketErrorCode}. Check Host, Port and the network."),
            ProxyProtocolException => Passing(target, $"{head} the proxy refused."),
            TimeoutException or OperationCanceledException => Passing(target, $"{head} it took too long. Is Tls right for the port? It is {target.Profile.Account.Tls}, and a server that waits for TLS says nothing."),
            _ => Passing(target, $"{head} {exception.GetType().Name}."),
        };
    }

    /// <summary>Makes an exception of a sign-in that did not succeed.</summary>
    public static AccountException OfSignIn(MailTarget target, string mechanism, Exception exception)
    {
        var head = $"Account '{target.AccountName}' was not signed in at {Place(target)} with {mechanism}:";
        return exception switch
        {
            SaslException => new AccountAuthenticationException(
                target.AccountName, $"{head} the server's part of the exchange was wrong. With SCRAM this is also how a server shows that it does not know the password: make sure that it is the right server."),
            AuthenticationException or SmtpCommandException => Refused(target, head, exception),
            OperationCanceledException or TimeoutException => Passing(target, $"{head} it took too long."),
            _ => Passing(target, $"{head} the connection broke ({exception.GetType().Name})."),
        };
    }

    private static AccountException Refused(MailTarget target, string head, Exception exception)
    {
        // MailKit gives the code in an exception of its own, or at the head of the message: "535: 5.7.8 …".
        var (code, enhanced) = exception is SmtpCommandException command
            ? ((int)command.StatusCode, MailStatus.EnhancedCodeOf(command.Message))
            : MailStatus.CodesOf(exception.Message);
        var codes = code == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" with {code}{(enhanced.Length == 0 ? "" : " ")}{enhanced}");
        return code is >= 400 and < 500
            ? Passing(target, $"{head} the server answered{codes}: it cannot check the sign-in at the moment.")
            : new AccountAuthenticationException(target.AccountName, $"{head} the server refused{codes}. {Advice(target)}");
    }

    private static string Place(MailTarget target) => string.Create(CultureInfo.InvariantCulture, $"{target.Profile.Host}:{target.Profile.Account.Port}");

    private static string Advice(MailTarget target) => target.Bearer is null
        ? "Check the user name and password. Many providers want a password of its own for programs, or a token (BearerAccount)."
        : $"Check the user name, and the scopes that account '{target.Bearer.Address.Name}' asks for.";

    private static AccountUnavailableException Lasting(MailTarget target, string message) => Unavailable(target, message, isTransient: false);

    private static AccountUnavailableException Passing(MailTarget target, string message) => Unavailable(target, message, isTransient: true);

    private static AccountUnavailableException Unavailable(MailTarget target, string message, bool isTransient) => new(target.AccountName, message, isTransient);
}
