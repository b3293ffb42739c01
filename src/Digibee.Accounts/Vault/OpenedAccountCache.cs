using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The opened accounts of all realms and environments, and the names that were looked for in vain. Bounded: what nobody uses goes first.</summary>
internal sealed class OpenedAccountCache
{
    private readonly ConcurrentDictionary<AccountAddress, CacheEntry> _entries = new(AccountAddressComparer.Instance);
    private readonly ConcurrentDictionary<AccountAddress, CacheEntry>.AlternateLookup<PartitionedName> _byName;
    private readonly Lock _lock = new();
    private readonly RetiredAccounts _retired;
    private readonly VaultMetrics _metrics;
    private readonly int _capacity;
    private int _count;

    public OpenedAccountCache(RetiredAccounts retired, VaultMetrics metrics, IOptions<DigibeeAccountsOptions> options)
    {
        _byName = _entries.GetAlternateLookup<PartitionedName>();
        _retired = retired;
        _metrics = metrics;
        _capacity = options.Value.CacheCapacity;
        metrics.ObserveCacheSize(() => Count);
    }

    public int Count => Volatile.Read(ref _count);

    public CacheEntry? Find(AccountAddress address) => _entries.GetValueOrDefault(address);

    public CacheEntry? Find(string partition, string name) => _byName.TryGetValue(new(partition, name), out var entry) ? entry : null;

    /// <summary>Caches what a read opened, unless a later revision is cached already. Returns the instance that all callers share.</summary>
    public OpenedAccount Publish(OpenedAccount opened, long epoch, long timestamp, bool isOutdated)
    {
        lock (_lock)
        {
            var cached = Find(opened.Address);
            if (cached?.Opened.Revision > opened.Revision)
            {
                return PassOn(opened);
            }

            if (cached?.Opened.Revision == opened.Revision)
            {
                cached.Confirm(epoch, timestamp);
            }
            else
            {
                cached = Replace(opened, epoch, timestamp);
            }

            if (isOutdated)
            {
                cached.MarkOutdated(aliveEpoch: 0, timestamp);
            }

            return cached.Opened;
        }
    }

    /// <summary>Gives an account to those who waited for it, and to nobody after them.</summary>
    public OpenedAccount PassOn(OpenedAccount opened)
    {
        lock (_lock)
        {
            if (Find(opened.Address)?.Opened != opened)
            {
                opened.Leave();
            }

            return opened;
        }
    }

    /// <summary>Caches an account in place of any other revision, earlier or later.</summary>
    public void Put(OpenedAccount opened, long epoch, long timestamp)
    {
        lock (_lock)
        {
            Replace(opened, epoch, timestamp);
        }
    }

    public void Remove(AccountAddress address)
    {
        lock (_lock)
        {
            if (_entries.TryRemove(address, out var entry))
            {
                Retire(entry);
            }
        }
    }

    /// <summary>Says that an account may have changed at <paramref name="now"/>, in the feed's epoch <paramref name="aliveEpoch"/>.</summary>
    public void MarkOutdated(string partition, string name, long aliveEpoch, long now)
    {
        lock (_lock)
        {
            Find(partition, name)?.MarkOutdated(aliveEpoch, now);
        }
    }

    /// <summary>Lets go what was unused for <paramref name="idleSweeps"/> sweeps in a row.</summary>
    public void Sweep(int idleSweeps)
    {
        lock (_lock)
        {
            foreach (var (address, entry) in _entries)
            {
                if (entry.WasUsed)
                {
                    entry.WasUsed = false;
                    entry.IdleSweeps = 0;
                }
                else if (++entry.IdleSweeps >= idleSweeps)
                {
                    Evict(address, entry);
                }
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (var (address, entry) in _entries)
            {
                Evict(address, entry);
            }
        }
    }

    private CacheEntry Replace(OpenedAccount opened, long epoch, long timestamp)
    {
        if (_entries.TryRemove(opened.Address, out var replaced))
        {
            Retire(replaced);
        }
        else if (_count >= _capacity)
        {
            MakeRoom();
        }

        var entry = new CacheEntry(opened, epoch, timestamp) { WasUsed = true };
        _entries[opened.Address] = entry;
        _count++;
        return entry;
    }

    // A twentieth at once, so that the walk over the entries is paid for by many additions. Those unused since the last sweep or walk go; when there are none, any.
    private void MakeRoom()
    {
        var surplus = Math.Max(1, _capacity / 20);
        foreach (var (address, entry) in _entries)
        {
            if (entry.WasUsed)
            {
                entry.WasUsed = false;
            }
            else
            {
                Evict(address, entry);
                if (--surplus == 0)
                {
                    return;
                }
            }
        }

        foreach (var (address, entry) in _entries)
        {
            Evict(address, entry);
            if (--surplus == 0)
            {
                return;
            }
        }
    }

    private void Evict(AccountAddress address, CacheEntry entry)
    {
        if (_entries.TryRemove(KeyValuePair.Create(address, entry)))
        {
            _metrics.Evicted();
            Retire(entry);
        }
    }

    private void Retire(CacheEntry entry)
    {
        _count--;
        _retired.Add(entry.Opened);
    }
}
