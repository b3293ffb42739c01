using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The kept connections of all accounts: by address and scope, for one revision at a time. Bounded; what nobody uses is closed.</summary>
internal sealed class MailPools : IAsyncDisposable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(AccountAddress Address, AccountScope? Scope), MailPool> _pools = [];
    private readonly AccountMailOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private int _idle;
    private bool _isScheduled;
    private bool _isDisposed;

    public MailPools(IOptions<AccountMailOptions> options, RetiredAccounts retired, TimeProvider time)
    {
        _options = options.Value;
        _time = time;

        // Without the flow of whoever sends first: a timer keeps what it captured.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((MailPools)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Closing says farewell to the server, which is not for under the vault's locks.
        retired.Subscribe(_ => ThreadPool.UnsafeQueueUserWorkItem(static self => self.CloseLeft(), this, preferLocal: false));
    }

    /// <summary>Gets how many connections are kept.</summary>
    public int IdleCount
    {
        get
        {
            lock (_lock)
            {
                return _idle;
            }
        }
    }

    /// <summary>Gives the pool of an account's revision to one sender; that of any other revision is retired. Each call has its <see cref="Leave"/>.</summary>
    public MailPool Enter(MailTarget target)
    {
        // Noted first: of this and an account that leaves at the same time, one sees the other.
        target.NoteConnections();
        if (target.HasLeft)
        {
            // Whoever still sends with it has connections of its own, none of which is kept; what others have stays.
            return new MailPool(target, _options, _time) { IsRetired = true };
        }

        var closing = new List<AccountSmtpClient>();
        MailPool? pool;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var key = (target.Opened.Address, target.Opened.Scope);
            if (!_pools.TryGetValue(key, out pool) || !pool.Target.IsOf(target) || pool.Target.HasLeft)
            {
                Retire(pool, closing);
                _pools[key] = pool = new MailPool(target, _options, _time);
                Schedule();
            }

            pool.Users++;
        }

        Close(closing);
        return pool;
    }

    public void Leave(MailPool pool)
    {
        lock (_lock)
        {
            pool.Users--;
        }
    }

    /// <summary>Takes the connection that was used last.</summary>
    public AccountSmtpClient? TakeIdle(MailPool pool)
    {
        lock (_lock)
        {
            if (pool.Idle.Count == 0)
            {
                return null;
            }

            var client = pool.Idle[^1].Client;
            pool.Idle.RemoveAt(pool.Idle.Count - 1);
            _idle--;
            return client;
        }
    }

    /// <summary>Keeps a connection for the next message, or closes it.</summary>
    public void Return(MailPool pool, AccountSmtpClient client)
    {
        var isGood = client is { IsConnected: true } && (client.IsAuthenticated || !pool.Target.Profile.SignsIn) && client.Messages < _options.MaxMessagesPerConnection;
        lock (_lock)
        {
            if (isGood && !pool.IsRetired && !pool.Target.HasLeft && !_isDisposed && _idle < _options.MaxIdleConnections)
            {
                pool.Idle.Add(new(client, _time.GetTimestamp()));
                _idle++;
                return;
            }
        }

        Close([client]);
    }

    public void Dispose()
    {
        foreach (var client in Empty())
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var closing in Empty().ConvertAll(static client => client.CloseAsync()))
        {
            await closing.ConfigureAwait(false);
        }
    }

    private List<AccountSmtpClient> Empty()
    {
        var closing = new List<AccountSmtpClient>();
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var pool in _pools.Values)
            {
                Retire(pool, closing);
            }

            _pools.Clear();
        }

        _timer.Dispose();
        return closing;
    }

    private void Retire(MailPool? pool, List<AccountSmtpClient> closing)
    {
        if (pool is not null)
        {
            pool.IsRetired = true;
            CloseIdle(pool, closing, pool.Idle.Count);
        }
    }

    private void CloseLeft()
    {
        var closing = new List<AccountSmtpClient>();
        lock (_lock)
        {
            foreach (var pool in _pools.Values)
            {
                if (pool.Target.HasLeft)
                {
                    CloseIdle(pool, closing, pool.Idle.Count);
                }
            }
        }

        Close(closing);
    }

    private void CloseIdle(MailPool pool, List<AccountSmtpClient> closing, int count)
    {
        for (var i = 0; i < count; i++)
        {
            closing.Add(pool.Idle[i].Client);
        }

        pool.Idle.RemoveRange(0, count);
        _idle -= count;
    }

    // Those that nobody has used for the idle time; they stand at the front.
    private void Sweep()
    {
        var closing = new List<AccountSmtpClient>();
        lock (_lock)
        {
            foreach (var (key, pool) in _pools)
            {
                var old = pool.Idle.FindIndex(idle => _time.GetElapsedTime(idle.Since) < _options.IdleTimeout);
                CloseIdle(pool, closing, old < 0 ? pool.Idle.Count : old);
                if (pool.IsEmpty)
                {
                    pool.IsRetired = true;
                    _pools.Remove(key);
                }
            }

            _isScheduled = false;
            if (_pools.Count > 0 && !_isDisposed)
            {
                Schedule();
            }
        }

        Close(closing);
    }

    private void Schedule()
    {
        if (!_isScheduled)
        {
            _isScheduled = true;
            _timer.Change(_options.IdleTimeout / 2, Timeout.InfiniteTimeSpan);
        }
    }

    // Nobody waits for a farewell; CloseAsync throws nothing.
    private static void Close(List<AccountSmtpClient> clients)
    {
        foreach (var client in clients)
        {
            _ = client.CloseAsync();
        }
    }
}
