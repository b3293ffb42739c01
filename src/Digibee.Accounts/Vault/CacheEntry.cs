namespace Digibee.Accounts;

/// <summary>One opened account in the cache, and when it was last known to be the store's. Changed under the cache's lock only.</summary>
internal sealed class CacheEntry(OpenedAccount opened, long epoch, long timestamp)
{
    private long _epoch = epoch;
    private long _confirmedAt = timestamp;
    private volatile bool _isOutdated;

    /// <summary>Gets the account. An entry never changes it: another revision is another entry.</summary>
    public OpenedAccount Opened { get; } = opened;

    /// <summary>Gets the epoch of the feed in which it was last read; 0 without a live feed.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Gets whether it may have changed since: the next caller reads the store.</summary>
    public bool IsOutdated => _isOutdated;

    /// <summary>Gets the time provider's timestamp of the last read, or of the moment until which the feed vouched for it.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    /// <summary>Gets or sets whether somebody asked for it since the last sweep.</summary>
    public bool WasUsed { get; set; }

    /// <summary>Gets or sets how many sweeps in a row found it unused.</summary>
    public int IdleSweeps { get; set; }

    public void Confirm(long epoch, long timestamp)
    {
        Volatile.Write(ref _confirmedAt, timestamp);
        Volatile.Write(ref _epoch, epoch);
        _isOutdated = false;
    }

    /// <summary>Notes that it may have changed. Until now it was current, if the feed is alive and vouched for it: that counts during an outage of the store.</summary>
    public void MarkOutdated(long aliveEpoch, long now)
    {
        if (!_isOutdated && aliveEpoch != 0 && aliveEpoch == Epoch)
        {
            Volatile.Write(ref _confirmedAt, now);
        }

        _isOutdated = true;
    }
}
