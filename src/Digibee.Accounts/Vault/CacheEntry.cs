namespace Digibee.Accounts;

/// <summary>One opened account in the cache, and when it was last known to be the store's. Changed under the cache's lock only.</summary>
internal sealed class CacheEntry(OpenedAccount opened, long epoch, long timestamp)
{
    // Of an entry that the feed says has changed. When it was last current stays, for an outage of the store.
    private const long Outdated = -1;

    private long _epoch = epoch;
    private long _confirmedAt = timestamp;

    /// <summary>Gets the account. An entry never changes it: another revision is another entry.</summary>
    public OpenedAccount Opened { get; } = opened;

    /// <summary>Gets the epoch of the feed in which it was last read; 0 without a live feed.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public bool IsOutdated => Epoch == Outdated;

    /// <summary>Gets the time provider's timestamp of the last read.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    /// <summary>Gets or sets whether somebody asked for it since the last sweep.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Gets or sets how many sweeps in a row found it unused.</summary>
    public int IdleSweeps { get; set; }

    public void Confirm(long epoch, long timestamp)
    {
        Volatile.Write(ref _confirmedAt, timestamp);
        Volatile.Write(ref _epoch, epoch);
    }

    public void MarkOutdated() => Volatile.Write(ref _epoch, Outdated);
}
