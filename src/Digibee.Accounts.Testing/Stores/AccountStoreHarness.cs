namespace Digibee.Accounts;

/// <summary>How a contract case reaches the store under test. Make one for each case.</summary>
public sealed class AccountStoreHarness
{
    private readonly Func<CancellationToken, ValueTask<IAccountStore>> _connect;
    private int _taken;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="connect">Opens the store. Each call is one more connection to the same data, empty at first, as another process would open it: some cases ask for a second one. A store
    /// that lives in one process alone gives the same instance each time. The case disposes what it was given.</param>
    public AccountStoreHarness(Func<IAccountStore> connect)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _connect = _ => new(connect());
    }

    /// <summary>Initializes a new instance, for stores that take time to open.</summary>
    /// <param name="connect">Opens the store; see the other constructor.</param>
    public AccountStoreHarness(Func<CancellationToken, ValueTask<IAccountStore>> connect)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _connect = connect;
    }

    /// <summary>Gets how long one case may take.</summary>
    /// <value>More than zero. The default is one minute; the largest case writes 2,500 rows.</value>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets how long a change may take to come through the feed, from any connection.</summary>
    /// <value>More than zero. The default is one second, which is what the library expects of a store; allow more on a machine that is busy with other tests.</value>
    public TimeSpan FeedDelay { get; init; } = TimeSpan.FromSeconds(1);

    internal ValueTask<IAccountStore> ConnectAsync(CancellationToken cancellationToken) => _connect(cancellationToken);

    internal void Take()
    {
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            throw new InvalidOperationException("A harness serves one case, because each begins with an empty store. Make a new one, with new data behind it.");
        }
    }
}
