namespace Digibee.Accounts;

/// <summary>Applies an account type whose proof holds for the whole connection: its messages go over connections that belong to this client, account and revision alone, and to one server if they are signed in. Stateless; safe for concurrent use.</summary>
/// <remarks>Internal until a second party needs it.</remarks>
/// <typeparam name="TAccount">The account type.</typeparam>
internal interface IAccountConnectionAuthenticator<in TAccount> : IAccountAuthenticator<TAccount>
    where TAccount : Account
{
    /// <summary>Gets what of the connection it uses.</summary>
    ConnectionPart Part { get; }

    /// <summary>Gets whether the proof holds on HTTP/1.1 only, where a connection carries one message at a time.</summary>
    bool RequiresHttp11 => false;

    /// <summary>Sets up a handler for this account.</summary>
    /// <param name="handler">A copy of the client's own handler that nobody else has, and that has not sent yet.</param>
    /// <param name="opened">The account, with its address and revision.</param>
    /// <param name="account">The account.</param>
    /// <param name="target">The one server that all connections of the handler lead to; <see langword="null"/> when no account of <see cref="ConnectionPart.SignIn"/> is on them.</param>
    /// <param name="options">The client's options.</param>
    /// <returns>What the handler needs for new connections, disposed after it; <see langword="null"/> for nothing.</returns>
    /// <exception cref="AccountException">The account or the client's handler does not allow it. Nothing is sent then.</exception>
    IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, TAccount account, ConnectionTarget? target, AccountClientOptions options);
}
