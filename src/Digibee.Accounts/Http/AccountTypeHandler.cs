namespace Digibee.Accounts;

/// <summary>An authenticator, seen without its type argument: one for each account type that goes on HTTP messages.</summary>
internal abstract class AccountTypeHandler
{
    public abstract Type AccountClrType { get; }

    public abstract bool SignsMessage { get; }

    /// <summary>Gets what of the connection it uses; <see langword="null"/> for what goes on messages alone.</summary>
    public abstract ConnectionPart? ConnectionPart { get; }

    public abstract bool RequiresHttp11 { get; }

    public abstract ValueTask AuthenticateAsync(AccountRequest request, CancellationToken cancellationToken);

    public abstract ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken);

    /// <summary>Sets up a copy of the client's handler, if <see cref="ConnectionPart"/> says that there is something to set up.</summary>
    public abstract IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, ConnectionTarget? target, AccountClientOptions options);
}
