using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Which clients use which accounts, in memory; saved once a minute, by account and not by request. Bounded: when it is full, more clients are not noted until others were idle for an hour.</summary>
internal sealed class UsageLedger : IAsyncDisposable, IDisposable
{
    private const int Capacity = 100_000;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan LastChance = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<UsageKey, UsageEntry> _entries = new();
    private readonly UsageRows _rows;
    private readonly TimeProvider _time;
    private readonly TimeSpan _inUseTime;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private int _count;
    private int _isScheduled;

    public UsageLedger(UsageRows rows, TimeProvider time, IMeterFactory meters, IOptions<DigibeeAccountsOptions> options)
    {
        _rows = rows;
        _inUseTime = options.Value.InUseTime;
        _time = time;
        meters.Create(VaultMetrics.MeterName).CreateObservableUpDownCounter("digibee.accounts.usage.size", () => Count, "{usage}", "Uses of accounts by clients that are remembered in memory.");

        // Without the flow of whoever uses the first account: a timer keeps what it captured.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static self => _ = ((UsageLedger)self!).SaveAsync(CancellationToken.None), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Notes that a client put an account on a request.</summary>
    public void NoteUse(OpenedAccount opened, string client)
    {
        if (!opened.IsScoped)
        {
            EntryOf(opened, client)?.NoteUse(_time.GetUtcNow().UtcTicks);
        }
    }

    /// <summary>Notes that a server refused it.</summary>
    public void NoteRefusal(OpenedAccount opened, string client)
    {
        if (!opened.IsScoped)
        {
            EntryOf(opened, client)?.NoteRefusal(_time.GetUtcNow().UtcTicks);
        }
    }

    /// <summary>Gives what is known of an account, on this node and, as of a minute ago, on others; the latest use first.</summary>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask<IReadOnlyList<AccountUsage>> ListAsync(AccountAddress address, CancellationToken cancellationToken) =>
        UsageList.Merge(await _rows.ReadAsync(address, cancellationToken).ConfigureAwait(false), Of(address), _time.GetUtcNow());

    /// <summary>Checks that no client used an account lately.</summary>
    /// <exception cref="AccountInUseException">One did.</exception>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask DemandIdleAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        var usage = await ListAsync(address, cancellationToken).ConfigureAwait(false);
        if (usage is [var latest, ..] && latest.LastUsedAt > _time.GetUtcNow() - _inUseTime)
        {
            throw new AccountInUseException(
                address.Name,
                $"Account '{address.Name}' was not deleted: HTTP client '{latest.Client}' used it at {latest.LastUsedAt:u}. Give the clients in {nameof(AccountInUseException.Usage)} another account first, or set {nameof(AccountDeleteOptions)}.{nameof(AccountDeleteOptions.EvenIfInUse)}.",
                usage);
        }
    }

    /// <summary>Forgets an account that was deleted.</summary>
    public async ValueTask ForgetAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        foreach (var (key, _) in _entries)
        {
            if (key.Address == address)
            {
                Remove(key);
            }
        }

        await _rows.PurgeAsync(address, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves what was noted since the last time. What cannot be saved is tried again with the next.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Volatile.Write(ref _isScheduled, 0);
            var unsaved = new Dictionary<AccountAddress, List<(UsageKey Key, UsageEntry Entry)>>();
            var idleSince = (_time.GetUtcNow() - IdleTime).UtcTicks;
            foreach (var (key, entry) in _entries)
            {
                if (entry.TakeUnsaved())
                {
                    (unsaved.TryGetValue(key.Address, out var uses) ? uses : unsaved[key.Address] = []).Add((key, entry));
                }
                else if (entry.UsedAt < idleSince)
                {
                    Remove(key);
                }
            }

            // What was saved before stands in the row. To look for it again would be a walk over all accounts for each of them.
            foreach (var (address, uses) in unsaved)
            {
                if (!await _rows.TryMergeAsync(address, uses.ConvertAll(static use => use.Entry.Describe(use.Key)), cancellationToken).ConfigureAwait(false))
                {
                    uses.ForEach(use => GiveBack(use.Key));
                }
            }
        }
        finally
        {
            _saving.Release();
        }
    }

    public void Dispose() => _timer.Dispose();

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        using var timeout = new CancellationTokenSource(LastChance, _time);
        try
        {
            await SaveAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A store that hangs does not keep the program from ending: a minute of notes is lost.
        }
    }

    private UsageEntry? EntryOf(OpenedAccount opened, string client)
    {
        Schedule();
        var key = new UsageKey(opened.Address, opened.Revision, client);
        return _entries.TryGetValue(key, out var entry) ? entry : Add(key);
    }

    private UsageEntry? Add(UsageKey key)
    {
        if (Count >= Capacity)
        {
            return null;
        }

        var made = new UsageEntry();
        var entry = _entries.GetOrAdd(key, made);
        if (entry == made)
        {
            Interlocked.Increment(ref _count);
        }

        return entry;
    }

    private void Remove(UsageKey key)
    {
        if (_entries.TryRemove(key, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    private void GiveBack(UsageKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            entry.GiveBack();
            Schedule();
        }
    }

    private void Schedule()
    {
        if (Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0)
        {
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
    }

    private List<AccountUsage> Of(AccountAddress address)
    {
        var found = new List<AccountUsage>();
        foreach (var (key, entry) in _entries)
        {
            if (key.Address == address)
            {
                found.Add(entry.Describe(key));
            }
        }

        return found;
    }
}
