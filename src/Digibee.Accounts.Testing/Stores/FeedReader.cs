using System.Threading.Channels;

namespace Digibee.Accounts;

/// <summary>A watcher at work: checks the first item and the order of each key, and waits no longer than the harness allows.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private readonly AccountStoreRun _run;
    private readonly CancellationTokenSource _stop;
    private readonly Channel<RecordChange> _items = Channel.CreateUnbounded<RecordChange>();
    private readonly Dictionary<RecordKey, long> _last = [];
    private readonly Task _pump;

    private FeedReader(AccountStoreRun run, IAsyncEnumerable<RecordChange> feed)
    {
        _run = run;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        _pump = Task.Run(() => PumpAsync(feed));
    }

    /// <summary>Starts a watcher and waits for its first item, which has no key.</summary>
    public static Task<FeedReader> StartAsync(AccountStoreRun run, IAccountStore store, CancellationToken cancellationToken) =>
        StartAsync(run, store.WatchAsync(cancellationToken));

    public static async Task<FeedReader> StartAsync(AccountStoreRun run, IAsyncEnumerable<RecordChange> feed)
    {
        var reader = new FeedReader(run, feed);
        try
        {
            var first = await reader.NextAsync("a first item", run.CaseTimeout).ConfigureAwait(false);
            run.Holds(first.Key is null, "a first item without a key", $"one of {first.Key}");
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the feed has told of a write: by its key and at least its revision, or by an item without a key. Returns the items that came.</summary>
    public async Task<List<RecordChange>> UntilToldOfAsync(StoredRecord written, string what)
    {
        var came = new List<RecordChange>();
        while (true)
        {
            var item = await NextAsync($"an item about {what}", _run.FeedDelay).ConfigureAwait(false);
            came.Add(item);
            if (item.Key is null || (item.Key == written.Key && item.Revision >= written.Revision))
            {
                return came;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _pump.WaitAsync(_run.FeedDelay).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw _run.Failure($"a cancelled watcher to end within {_run.FeedDelay}", "nothing");
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private async Task<RecordChange> NextAsync(string expected, TimeSpan patience)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_run.Token);
        waiting.CancelAfter(patience);
        try
        {
            var item = await _items.Reader.ReadAsync(waiting.Token).ConfigureAwait(false);
            if (item.Key is { } key)
            {
                _run.Holds(item.Revision >= _last.GetValueOrDefault(key), "the items of one key in the order of its changes", $"revision {item.Revision} after {_last.GetValueOrDefault(key)}");
                _last[key] = item.Revision;
            }

            return item;
        }
        catch (OperationCanceledException) when (!_run.Token.IsCancellationRequested)
        {
            throw _run.Failure($"{expected} within {patience}", "none");
        }
        catch (ChannelClosedException exception)
        {
            throw _run.Failure(expected, "the end of the feed", exception.InnerException);
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<RecordChange> feed)
    {
        try
        {
            await foreach (var change in feed.WithCancellation(_stop.Token).ConfigureAwait(false))
            {
                _items.Writer.TryWrite(change);
            }

            _items.Writer.TryComplete();
        }
        catch (Exception exception) when (exception is OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _items.Writer.TryComplete(exception);
        }
    }
}
