using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The connections of all account handlers of a program. Bounded: what nobody uses goes first; and what the vault gives out no more (replaced, deleted, its scope ended) goes at once, or when its last send has ended.</summary>
/// <remarks>Beyond the capacity live only those copies that are sending: a send is never cut off.</remarks>
internal sealed class ConnectionPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConnectionTable _connections;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTime;
    private readonly ITimer _timer;
    private int _live;
    private bool _isDisposed;

    public ConnectionPool(TimeProvider time, ConnectionMetrics metrics, RetiredAccounts retired, IOptions<DigibeeAccountsOptions> options)
    {
        _time = time;
        _idleTime = options.Value.ConnectionIdentityIdleTime;
        _connections = new ConnectionTable(time, metrics, options.Value.ConnectionIdentityCapacity, _idleTime);

        // Without the flow of whoever sends first: a timer keeps what it captured.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((ConnectionPool)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        retired.Subscribe(CloseSoon);
        metrics.Observe(() => Live);
    }

    /// <summary>Gets how many copies of handlers live, those that only end their last sends included.</summary>
    public int Live => Volatile.Read(ref _live);

    /// <summary>Gives the copy for these accounts, made at their first use. Each is returned once.</summary>
    /// <exception cref="ObjectDisposedException">The account handler, or the whole program's accounts, were disposed.</exception>
    public AccountConnection Rent(in ConnectionKey key, AccountRequest first)
    {
        lock (_lock)
        {
            if (Use(key) is { } found)
            {
                return found;
            }
        }

        // Outside of the lock: it may have a private key to decrypt.
        var made = key.Owner.Create(key, first);
        Interlocked.Increment(ref _live);
        key.NoteConnections();
        List<AccountConnection> idle = [];
        try
        {
            lock (_lock)
            {
                return Use(key) is { } others ? Discard(made, others, idle) : Add(key, made, idle);
            }
        }
        catch
        {
            idle.Add(made);
            throw;
        }
        finally
        {
            DisposeAll(idle);
        }
    }

    public void Return(AccountConnection connection)
    {
        lock (_lock)
        {
            connection.LastUsed = _time.GetTimestamp();
            if (--connection.Sends > 0 || !connection.IsRetired)
            {
                return;
            }
        }

        DisposeAll([connection]);
    }

    /// <summary>Lets go of all connections of an account handler, and gives out no more.</summary>
    public void Close(AccountConnections owner)
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            owner.IsClosed = true;
            _connections.RetireAll(key => key.Owner == owner, "closed", idle);
        }

        DisposeAll(idle);
    }

    public void Dispose()
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            _isDisposed = true;
            _connections.RetireAll(static _ => true, "closed", idle);
        }

        _timer.Dispose();
        DisposeAll(idle);
    }

    private static AccountConnection Discard(AccountConnection made, AccountConnection others, List<AccountConnection> idle)
    {
        idle.Add(made);
        return others;
    }

    private AccountConnection? Use(in ConnectionKey key)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || key.Owner.IsClosed, typeof(AccountHandler));
        return _connections.Use(key);
    }

    private AccountConnection Add(in ConnectionKey key, AccountConnection made, List<AccountConnection> idle)
    {
        if (_connections.Count == 0)
        {
            _timer.Change(_idleTime, Timeout.InfiniteTimeSpan);
        }

        _connections.Add(key, made, idle);
        return made;
    }

    // The vault says it under its locks, and closing a connection runs the streams of the user's own callbacks.
    private void CloseSoon(OpenedAccount account) =>
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Pool.Close(state.Account), (Pool: this, Account: account), preferLocal: false);

    private void Close(OpenedAccount account)
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            _connections.RetireAll(key => key.IsFor(account), "rotated", idle);
        }

        DisposeAll(idle);
    }

    private void Sweep()
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            var next = _connections.RetireUnused(idle);
            if (_connections.Count > 0 && !_isDisposed)
            {
                _timer.Change(next, Timeout.InfiniteTimeSpan);
            }
        }

        DisposeAll(idle);
    }

    private void DisposeAll(List<AccountConnection> connections)
    {
        foreach (var connection in connections)
        {
            try
            {
                connection.Dispose();
            }
            catch (Exception)
            {
                // A stream of the user's own callback: on this thread it would end the program, or fail a request that was answered.
            }

            Interlocked.Decrement(ref _live);
        }
    }
}
