using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The connections of all account handlers of a program. Bounded: what nobody uses goes first, and what was rotated away goes when its last send has ended.</summary>
/// <remarks>Beyond the capacity live only those copies that are sending: a send is never cut off.</remarks>
internal sealed class ConnectionPool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ConnectionKey, AccountConnection> _connections = [];
    private readonly TimeProvider _time;
    private readonly ConnectionMetrics _metrics;
    private readonly int _capacity;
    private readonly TimeSpan _idleTime;
    private readonly ITimer _timer;
    private int _live;
    private bool _isDisposed;

    public ConnectionPool(TimeProvider time, ConnectionMetrics metrics, IOptions<DigibeeAccountsOptions> options)
    {
        _time = time;
        _metrics = metrics;
        _capacity = options.Value.ConnectionIdentityCapacity;
        _idleTime = options.Value.ConnectionIdentityIdleTime;

        // Without the flow of whoever sends first: a timer keeps what it captured.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((ConnectionPool)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

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
            foreach (var (key, _) in _connections)
            {
                if (key.Owner == owner)
                {
                    Retire(key, "closed", idle);
                }
            }
        }

        DisposeAll(idle);
    }

    public void Dispose()
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var (key, _) in _connections)
            {
                Retire(key, "closed", idle);
            }
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
        if (!_connections.TryGetValue(key, out var connection))
        {
            return null;
        }

        connection.Sends++;
        return connection;
    }

    private AccountConnection Add(in ConnectionKey key, AccountConnection made, List<AccountConnection> idle)
    {
        made.Sends = 1;
        made.LastUsed = _time.GetTimestamp();
        if (RetireOtherRevisions(key, idle))
        {
            // Opened just before a rotation: it goes out as what it was opened for, once.
            made.IsRetired = true;
            return made;
        }

        if (_connections.Count >= _capacity)
        {
            Retire(Oldest(), "capacity", idle);
        }

        if (_connections.Count == 0)
        {
            _timer.Change(_idleTime, Timeout.InfiniteTimeSpan);
        }

        _connections.Add(key, made);
        return made;
    }

    // Stops at a later revision than the one that is coming in, and says so.
    private bool RetireOtherRevisions(in ConnectionKey key, List<AccountConnection> idle)
    {
        foreach (var (other, _) in _connections)
        {
            if (other.IsSameButForRevision(key))
            {
                if (key.IsOlderThan(other))
                {
                    return true;
                }

                Retire(other, "rotated", idle);
            }
        }

        return false;
    }

    private ConnectionKey Oldest()
    {
        // Those that are sending last.
        var oldest = default(KeyValuePair<ConnectionKey, AccountConnection>);
        foreach (var candidate in _connections)
        {
            if (oldest.Value is null || (candidate.Value.Sends > 0, candidate.Value.LastUsed).CompareTo((oldest.Value.Sends > 0, oldest.Value.LastUsed)) < 0)
            {
                oldest = candidate;
            }
        }

        return oldest.Key;
    }

    private void Sweep()
    {
        List<AccountConnection> idle = [];
        lock (_lock)
        {
            var next = _idleTime;
            foreach (var (key, connection) in _connections)
            {
                var wait = connection.Sends > 0 ? _idleTime : _idleTime - _time.GetElapsedTime(connection.LastUsed);
                if (wait <= TimeSpan.Zero)
                {
                    Retire(key, "idle", idle);
                }
                else if (wait < next)
                {
                    next = wait;
                }
            }

            if (_connections.Count > 0 && !_isDisposed)
            {
                _timer.Change(next, Timeout.InfiniteTimeSpan);
            }
        }

        DisposeAll(idle);
    }

    // Takes it out. What is not sending is for the caller to dispose, outside of the lock; what is, for its last send.
    private void Retire(in ConnectionKey key, string reason, List<AccountConnection> idle)
    {
        if (!_connections.Remove(key, out var connection))
        {
            return;
        }

        _metrics.Retired(reason);
        connection.IsRetired = true;
        if (connection.Sends == 0)
        {
            idle.Add(connection);
        }
    }

    private void DisposeAll(List<AccountConnection> connections)
    {
        foreach (var connection in connections)
        {
            connection.Dispose();
            Interlocked.Decrement(ref _live);
        }
    }
}
