using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>Tells any number of watchers of changes. Nobody waits for a watcher, and none is kept that has stopped reading.</summary>
internal sealed class RecordFeed
{
    private readonly Lock _gate = new();
    private readonly List<RecordWatcher> _watchers = [];

    /// <summary>Gets how many watchers are told at the moment.</summary>
    public int WatcherCount
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>Tells all watchers. Call it in the order of the changes of a key.</summary>
    public void Publish(RecordKey key, long revision)
    {
        lock (_gate)
        {
            for (var i = _watchers.Count - 1; i >= 0; i--)
            {
                if (!_watchers[i].TryPost(key, revision))
                {
                    _watchers.RemoveAt(i);
                }
            }
        }
    }

    public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = new RecordWatcher();

        // Leaves at once when cancelled, even if nobody moves the enumerator any more.
        using var leaving = cancellationToken.UnsafeRegister(static state => ((Action)state!)(), () => Leave(watcher));
        try
        {
            while (true)
            {
                if (watcher.IsInterrupted)
                {
                    Join(watcher);
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return default;
                }
                else if (await watcher.ReadAsync(cancellationToken).ConfigureAwait(false) is { } change)
                {
                    yield return change;
                }
            }
        }
        finally
        {
            Leave(watcher);
        }
    }

    private void Join(RecordWatcher watcher)
    {
        lock (_gate)
        {
            watcher.Begin();
            _watchers.Add(watcher);
        }
    }

    private void Leave(RecordWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }
}
