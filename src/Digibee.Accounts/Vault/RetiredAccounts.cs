using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Opened accounts that left the cache. What was derived from them is disposed, keys wiped, a minute later: a request under way may still use it.</summary>
internal sealed class RetiredAccounts : IDisposable
{
    // More than this in a minute are left to the garbage collector, rather than pulled from under a request.
    private const int Capacity = 100_000;

    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<(OpenedAccount Account, long RetiredAt)> _queue = new();
    private readonly ITimer _timer;
    private Action<OpenedAccount>? _left;
    private int _isScheduled;

    public RetiredAccounts(TimeProvider time)
    {
        _time = time;

        // Without the flow of whoever opens the first account: a timer keeps what it captured.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => ((RetiredAccounts)self!).DisposeDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Calls back for each account with connections that leaves, under the vault's locks: the callback must neither wait nor call the vault.</summary>
    public void Subscribe(Action<OpenedAccount> left)
    {
        lock (_queue)
        {
            _left += left;
        }
    }

    public void Add(OpenedAccount account)
    {
        if (account.Leave())
        {
            _left?.Invoke(account);
        }

        if (!account.HasStates || _queue.Count >= Capacity)
        {
            return;
        }

        _queue.Enqueue((account, _time.GetTimestamp()));
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        while (_queue.TryDequeue(out var retired))
        {
            retired.Account.DisposeStates();
        }
    }

    private void DisposeDue()
    {
        while (_queue.TryPeek(out var oldest))
        {
            var wait = Delay - _time.GetElapsedTime(oldest.RetiredAt);
            if (wait > TimeSpan.Zero)
            {
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
                return;
            }

            // Only this timer dequeues, and it never overlaps itself: it is set again here alone.
            if (_queue.TryDequeue(out var due))
            {
                due.Account.DisposeStates();
            }
        }

        Volatile.Write(ref _isScheduled, 0);
        if (!_queue.IsEmpty && Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }
}
