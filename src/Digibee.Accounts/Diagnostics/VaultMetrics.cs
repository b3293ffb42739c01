using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>The meter <c>Digibee.Accounts</c>, as far as the vault feeds it. Tags are outcomes, never names: names would be too many, and some are telling.</summary>
internal sealed class VaultMetrics
{
    public const string MeterName = "Digibee.Accounts";

    private readonly Meter _meter;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _interruptions;
    private long _staleTotal;

    public VaultMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _reads = _meter.CreateCounter<long>("digibee.accounts.store.reads", "{read}", "Accounts read from the store, by outcome: opened, confirmed, unknown, unreadable, unavailable.");
        _stale = _meter.CreateCounter<long>("digibee.accounts.cache.stale", "{account}", "Accounts served from the cache because the store did not answer.");
        _evictions = _meter.CreateCounter<long>("digibee.accounts.cache.evictions", "{account}", "Opened accounts that left the cache unused or for want of room.");
        _interruptions = _meter.CreateCounter<long>("digibee.accounts.feed.interruptions", "{interruption}", "Times the store's feed stopped proving itself alive.");
    }

    /// <summary>Gets how many accounts were served because the store did not answer, for the health report.</summary>
    public long StaleTotal => Interlocked.Read(ref _staleTotal);

    public void ObserveCacheSize(Func<int> size) =>
        _meter.CreateObservableUpDownCounter("digibee.accounts.cache.size", size, "{account}", "Opened accounts in the cache.");

    public void Read(string outcome) => _reads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void ServedStale()
    {
        Interlocked.Increment(ref _staleTotal);
        _stale.Add(1);
    }

    public void Evicted() => _evictions.Add(1);

    public void FeedInterrupted() => _interruptions.Add(1);
}
