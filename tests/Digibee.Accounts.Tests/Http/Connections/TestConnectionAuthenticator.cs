namespace Digibee.Accounts;

/// <summary>Proves a Basic or bearer account on the connection, as far as a test needs it: it notes what it was asked to set up.</summary>
internal sealed class TestConnectionAuthenticator<TAccount>(ConnectionPart part, Action<SocketsHttpHandler, OpenedAccount>? configure = null, bool requiresHttp11 = false, Action? needed = null) : IAccountConnectionAuthenticator<TAccount>
    where TAccount : Account
{
    public ConnectionPart Part => part;

    public bool RequiresHttp11 => requiresHttp11;

    public ValueTask AuthenticateAsync(AccountRequest request, TAccount account, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public IDisposable? Configure(SocketsHttpHandler handler, OpenedAccount opened, TAccount account, ConnectionTarget? target, AccountClientOptions options)
    {
        configure?.Invoke(handler, opened);
        return needed is null ? null : new Needed(needed);
    }

    private sealed class Needed(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
