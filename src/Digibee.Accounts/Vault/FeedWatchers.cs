using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Hands the feed on to whoever called <see cref="IAccountVault.WatchAsync"/>. A slow reader costs bounded memory and holds nobody up.</summary>
internal sealed class FeedWatchers : IDisposable
{
    private readonly StoreFeed _feed;
    private readonly Lock _lock = new();
    private readonly HashSet<FeedWatcher> _watchers = [];
    private bool _isDisposed;

    public FeedWatchers(StoreFeed feed)
    {
        _feed = feed;
        feed.Subscribe(Offer);
    }

    /// <summary>Follows the changes of one partition: first an item without a name, and one after each interruption.</summary>
    public async IAsyncEnumerable<AccountChange> WatchAsync(string partition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new FeedWatcher(partition);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IAccountVault));
            _watchers.Add(watcher);
        }

        try
        {
            // Else the first item of the feed says it, once there is one.
            if (_feed.AliveEpoch != 0)
            {
                watcher.MarkInterrupted();
            }

            _feed.Start();
            while (await watcher.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                while (watcher.TryTake(out var change))
                {
                    yield return change;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var watcher in _watchers)
            {
                watcher.Complete();
            }
        }
    }

    /// <summary>Hands a change on, of the feed or of the configuration.</summary>
    public void Offer(RecordChange change)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Offer(change);
            }
        }
    }
}
