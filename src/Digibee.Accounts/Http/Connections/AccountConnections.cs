namespace Digibee.Accounts;

/// <summary>The connections that one account handler keeps apart: for each set of connection accounts in use, and for each server that they sign in to, a copy of the client's own handler.</summary>
internal sealed class AccountConnections(AccountClient client, HttpMessageHandler primaryHandler) : IDisposable
{
    private readonly ConnectionPool _pool = client.Connections;

    /// <summary>Gets or sets whether the account handler was disposed. Guarded by the pool's lock.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Gives the connections for the accounts of a message, to be returned after its send; <see langword="null"/> when the client's own will do.</summary>
    /// <exception cref="AccountException">Two accounts claim the same part of the connection, or the client's handler cannot be copied.</exception>
    public AccountConnection? Rent(AccountRequest? first) => ConnectionKey.Of(this, first) is { } key ? _pool.Rent(key, first!) : null;

    /// <summary>Makes a copy of the client's handler for these accounts.</summary>
    public AccountConnection Create(in ConnectionKey key, AccountRequest first)
    {
        // Nothing was ever sent through it, perhaps, so it may have been changed since.
        PrimaryHandler.Verify(primaryHandler, client);
        var copy = HandlerCopy.Of(primaryHandler as SocketsHttpHandler ?? throw NoCopy(first.AccountName));
        List<IDisposable> held = [];
        try
        {
            return new AccountConnection(_pool, copy, Configure(copy, first, key.Target, held), key.Certificate?.Address.Name, held);
        }
        catch
        {
            copy.Dispose();
            held.ForEach(static needed => needed.Dispose());
            throw;
        }
    }

    public void Dispose() => _pool.Close(this);

    private bool Configure(SocketsHttpHandler copy, AccountRequest first, ConnectionTarget? target, List<IDisposable> held)
    {
        var requiresHttp11 = false;
        for (var account = first; account is not null; account = account.Next)
        {
            if (account.TypeHandler.ConnectionPart is null)
            {
                continue;
            }

            requiresHttp11 |= account.TypeHandler.RequiresHttp11;
            try
            {
                if (account.TypeHandler.Configure(copy, account.Opened, target, client.Options) is { } needed)
                {
                    held.Add(needed);
                }
            }
            catch (Exception exception) when (exception is not AccountException)
            {
                // Without the cause: what fails on a key tends to quote it.
                throw new AccountUnavailableException(
                    account.AccountName,
                    $"Account '{account.AccountName}' could not be set up for its connections, so nothing was sent: its authenticator failed with {exception.GetType().Name}.",
                    isTransient: false);
            }
        }

        return requiresHttp11;
    }

    // HttpClientHandler keeps the SocketsHttpHandler inside to itself; below a handler of the user's own, ours would have to be put by hand.
    private AccountUnavailableException NoCopy(string accountName) => new(
        accountName,
        $"Account '{accountName}' proves itself on the connection, and the primary handler of HTTP client '{client.Name}' is a {primaryHandler.GetType().Name}, which cannot be copied, so nothing was sent. "
        + (primaryHandler is DelegatingHandler
            ? "Add that handler with AddHttpMessageHandler, or around the one from CreateHandler, and give the client a SocketsHttpHandler."
            : "Give the client a SocketsHttpHandler: ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { … }), with the same settings."),
        isTransient: false);
}
