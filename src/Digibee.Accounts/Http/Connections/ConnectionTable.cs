namespace Digibee.Accounts;

/// <summary>Which copy is whose, and which has to go. What goes without a send under way is given to the caller to dispose; the rest is disposed by its last send.</summary>
/// <remarks>Guarded by the lock of the <see cref="ConnectionPool"/>: nothing is disposed here, because that runs code of the user's.</remarks>
internal sealed class ConnectionTable(TimeProvider time, ConnectionMetrics metrics, int capacity, TimeSpan idleTime)
{
    private readonly Dictionary<ConnectionKey, AccountConnection> _connections = [];

    public int Count => _connections.Count;

    /// <summary>Gives the copy of a key, for one more send.</summary>
    public AccountConnection? Use(in ConnectionKey key)
    {
        if (!_connections.TryGetValue(key, out var connection))
        {
            return null;
        }

        connection.Sends++;
        return connection;
    }

    /// <summary>Takes a new copy in, for its first send. One whose accounts were replaced meanwhile is for that send alone.</summary>
    public void Add(in ConnectionKey key, AccountConnection made, List<AccountConnection> idle)
    {
        made.Sends = 1;
        made.LastUsed = time.GetTimestamp();
        if (key.HasLeft || RetireOtherRevisions(key, idle))
        {
            made.IsRetired = true;
            return;
        }

        if (_connections.Count >= capacity)
        {
            Retire(Oldest(), "capacity", idle);
        }

        _connections.Add(key, made);
    }

    /// <summary>Lets go what a key says.</summary>
    public void RetireAll(Func<ConnectionKey, bool> isMeant, string reason, List<AccountConnection> idle)
    {
        foreach (var (key, _) in _connections)
        {
            if (isMeant(key))
            {
                Retire(key, reason, idle);
            }
        }
    }

    /// <summary>Lets go what was not used for the idle time.</summary>
    /// <returns>After how long the next one may be due.</returns>
    public TimeSpan RetireUnused(List<AccountConnection> idle)
    {
        var next = idleTime;
        foreach (var (key, connection) in _connections)
        {
            var wait = connection.Sends > 0 ? idleTime : idleTime - time.GetElapsedTime(connection.LastUsed);
            if (wait <= TimeSpan.Zero)
            {
                Retire(key, "idle", idle);
            }
            else if (wait < next)
            {
                next = wait;
            }
        }

        return next;
    }

    // Stops at a later revision than the one that is coming in, and says so. One that the vault gives out no more is not later: an older one was put back in its place.
    private bool RetireOtherRevisions(in ConnectionKey key, List<AccountConnection> idle)
    {
        foreach (var (other, _) in _connections)
        {
            if (other.IsSameButForRevision(key))
            {
                if (!other.HasLeft && key.IsOlderThan(other))
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

    private void Retire(in ConnectionKey key, string reason, List<AccountConnection> idle)
    {
        if (!_connections.Remove(key, out var connection))
        {
            return;
        }

        metrics.Retired(reason);
        connection.IsRetired = true;
        if (connection.Sends == 0)
        {
            idle.Add(connection);
        }
    }
}
