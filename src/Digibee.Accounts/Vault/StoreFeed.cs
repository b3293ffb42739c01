using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Follows the store's feed for the whole program, and knows how far that can be relied on.</summary>
/// <remarks>The feed is proved alive from its first item on, until it ends, the store fails, one of our own writes does not come back, or it has been silent for long; then it is followed anew. Each proof
/// begins an epoch: what was read in an earlier one may have changed unseen.</remarks>
internal sealed class StoreFeed : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestEchoTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly IAccountStore _store;
    private readonly TimeProvider _time;
    private readonly VaultMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeSpan _echoTime;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly AwaitedEchoes _echoes;
    private readonly FeedEpochs _epochs = new();
    private Action<RecordChange>[] _subscribers = [];
    private Task? _following;
    private CancellationTokenSource? _subscription;
    private long _lastItemAt;

    public StoreFeed(IAccountStore store, TimeProvider time, VaultMetrics metrics, IOptions<DigibeeAccountsOptions> options, ILogger<StoreFeed> logger)
    {
        _store = store;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _echoTime = options.Value.CacheStaleTime > ShortestEchoTime ? options.Value.CacheStaleTime : ShortestEchoTime;
        _echoes = new AwaitedEchoes(time);
    }

    /// <summary>Gets the epoch while the feed is proved alive; else 0.</summary>
    public long AliveEpoch => _epochs.Alive;

    /// <summary>Gets whether something that was written here has yet to come back.</summary>
    public bool AwaitsEcho => _echoes.Count > 0;

    /// <inheritdoc cref="FeedEpochs.EndOf"/>
    public long? EndOf(long epoch) => _epochs.EndOf(epoch);

    /// <summary>Calls for each item, in the order of the feed; a key that is <see langword="null"/> stands for anything.</summary>
    /// <param name="onChange">Must be quick and must not throw. Nobody unsubscribes: who listens lives as long as the feed.</param>
    public void Subscribe(Action<RecordChange> onChange)
    {
        lock (_lock)
        {
            _subscribers = [.. _subscribers, onChange];
        }
    }

    /// <summary>Follows the feed from now on. Cheap when it already does.</summary>
    public void Start()
    {
        if (Volatile.Read(ref _following) is null)
        {
            lock (_lock)
            {
                if (_following is null && !_stop.IsCancellationRequested)
                {
                    // Not in the flow of whoever comes first: neither its scope nor its activity belongs here.
                    using (ExecutionContext.SuppressFlow())
                    {
                        _following = Task.Run(FollowAsync);
                    }
                }
            }
        }
    }

    /// <summary>Says that the store failed elsewhere: the feed counts as dead until it proves itself again.</summary>
    public void Doubt()
    {
        CancellationTokenSource? doubtful;
        lock (_lock)
        {
            doubtful = AliveEpoch == 0 ? null : _subscription;
            End();
        }

        if (doubtful is not null)
        {
            // Elsewhere: what the store does when it is cancelled is not for a request or a timer to wait for.
            _ = Task.Run(() => CancelAsync(doubtful));
        }
    }

    /// <summary>Says that this is about to be written here and has to come back by the feed.</summary>
    public void Expect(RecordKey key, long revision)
    {
        lock (_lock)
        {
            if (AliveEpoch != 0)
            {
                _echoes.Add(key, revision);
            }
        }
    }

    /// <summary>Takes back <see cref="Expect"/>: it was not written, or nobody knows.</summary>
    public void Forget(RecordKey key, long revision)
    {
        lock (_lock)
        {
            _echoes.Remove(key, revision);
        }
    }

    /// <summary>Looks whether the feed still proves itself. Called now and then.</summary>
    public void Check()
    {
        bool isDoubtful;
        lock (_lock)
        {
            isDoubtful = AliveEpoch != 0 && (_time.GetElapsedTime(_lastItemAt) > LongestSilence || _echoes.IsOverdue(_echoTime));
        }

        if (isDoubtful)
        {
            Doubt();
        }
    }

    public void Dispose() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_following is { } following)
        {
            // A store that does not heed its token must not hold up the end of the program.
            await following.WaitAsync(LongestStop, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync()
    {
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            using var subscription = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var begunAt = _time.GetTimestamp();
            lock (_lock)
            {
                _subscription = subscription;
            }

            try
            {
                await foreach (var change in _store.WatchAsync(subscription.Token).ConfigureAwait(false))
                {
                    if (!Take(change, subscription))
                    {
                        break;
                    }

                    pause = ShortestPause;
                }
            }
            catch (Exception exception) when (!subscription.IsCancellationRequested)
            {
                _logger.FeedInterrupted(exception.GetType().Name);
            }
            catch (Exception)
            {
                // We asked for it, and follow anew or stop.
            }

            lock (_lock)
            {
                _subscription = null;
                End();
            }

            // One that ended by itself waits longer each time; one that was doubted begins anew at once, but no more than once a second.
            var wait = subscription.IsCancellationRequested ? ShortestPause - _time.GetElapsedTime(begunAt) : pause;
            if (wait > TimeSpan.Zero && !_stop.IsCancellationRequested)
            {
                await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    // Tells whether the subscription is still the one that counts: one that was given up proves nothing any more.
    private bool Take(RecordChange change, CancellationTokenSource subscription)
    {
        lock (_lock)
        {
            if (subscription.IsCancellationRequested || _subscription != subscription)
            {
                return false;
            }

            _lastItemAt = _time.GetTimestamp();
            if (change.Key is not { } key)
            {
                End();
                _subscription = subscription;
                _epochs.Begin();
            }
            else
            {
                _echoes.Take(key, change.Revision);
            }
        }

        foreach (var onChange in _subscribers)
        {
            onChange(change);
        }

        return true;
    }

    // Under the lock.
    private void End()
    {
        if (AliveEpoch != 0)
        {
            _subscription = null;
            _epochs.End(_time.GetTimestamp());
            _metrics.FeedInterrupted();
        }

        _echoes.Clear();
    }

    private static async Task CancelAsync(CancellationTokenSource subscription)
    {
        try
        {
            await subscription.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in this very moment.
        }
    }
}
