using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Reads of the store that are under way: one for each account, whoever waits. A read belongs to no caller, and goes on when one gives up.</summary>
internal sealed class AccountReads
{
    // A store that hangs is down: those who wait get what was current before, or are told.
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(30);

    private readonly AccountReader _reader;
    private readonly OpenedAccountCache _cache;
    private readonly UnknownNames _unknown;
    private readonly HighWaterMarks _marks;
    private readonly StoreFeed _feed;
    private readonly TimeProvider _time;
    private readonly VaultMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountAddress, AccountRead> _underWay = new(AccountAddressComparer.Instance);

    public AccountReads(
        AccountReader reader, OpenedAccountCache cache, UnknownNames unknown, HighWaterMarks marks, StoreFeed feed, TimeProvider time, VaultMetrics metrics, ILogger<AccountVault> logger)
    {
        _reader = reader;
        _cache = cache;
        _unknown = unknown;
        _marks = marks;
        _feed = feed;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        feed.Subscribe(OnChanged);
    }

    /// <summary>Reads an account, or waits for the read under way. Never faults: the result says what went wrong.</summary>
    public Task<ReadResult> JoinAsync(AccountAddress address)
    {
        lock (_lock)
        {
            if (!_underWay.TryGetValue(address, out var read) || read.IsOutdated)
            {
                read = Begin(address, acceptsRollback: false);
            }

            return read.Result;
        }
    }

    /// <summary>Reads an account past every cache, and takes what it finds, older than what was seen or not.</summary>
    public Task<ReadResult> RefreshAsync(AccountAddress address)
    {
        lock (_lock)
        {
            return Begin(address, acceptsRollback: true).Result;
        }
    }

    /// <summary>Takes in what was saved here. It is in force at once, and confirmed by the next read: somebody may have saved a later revision before we heard of ours.</summary>
    public void Saved(OpenedAccount opened)
    {
        lock (_lock)
        {
            _marks.Raise(opened.Address, opened.Revision);
            MarkOutdated(opened.Address.Partition, opened.Address.Name);
            if (_marks[opened.Address] == opened.Revision)
            {
                _cache.Publish(opened, epoch: 0, _time.GetTimestamp(), isOutdated: true);
            }
        }
    }

    /// <summary>Takes in what was deleted here.</summary>
    public void Deleted(AccountAddress address, long revision)
    {
        lock (_lock)
        {
            _marks.Raise(address, revision);
            MarkOutdated(address.Partition, address.Name);
            if (_marks[address] == revision)
            {
                _cache.Remove(address);
            }
        }
    }

    /// <summary>Says that an account may have changed: what is cached is read again, and nobody new joins the read under way, which may have found what was there before.</summary>
    public void MarkOutdated(string partition, string name)
    {
        lock (_lock)
        {
            if (_underWay.GetAlternateLookup<PartitionedName>().TryGetValue(new(partition, name), out var read))
            {
                read.IsOutdated = true;
            }

            _unknown.Remove(partition, name);
            _cache.MarkOutdated(partition, name, _feed.AliveEpoch, _time.GetTimestamp());
        }
    }

    private AccountRead Begin(AccountAddress address, bool acceptsRollback)
    {
        var read = new AccountRead(address, acceptsRollback, _feed.AliveEpoch, _time.GetTimestamp());
        if (_underWay.TryGetValue(address, out var replaced))
        {
            // From now on nobody could tell it of a change.
            replaced.IsOutdated = true;
        }

        _underWay[address] = read;

        // On a thread and in a flow of its own: neither scope, activity nor log scope of the first caller belongs to what others wait for.
        using (ExecutionContext.SuppressFlow())
        {
            read.Result = Task.Run(() => RunAsync(read));
        }

        return read;
    }

    private async Task<ReadResult> RunAsync(AccountRead read)
    {
        try
        {
            var (opened, outcome) = await ReadAsync(read).ConfigureAwait(false);
            _metrics.Read(outcome);
            return new(opened, Failure: null);
        }
        catch (Exception failure)
        {
            _metrics.Read(failure is AccountUnavailableException ? "unavailable" : "unreadable");
            _logger.AccountNotOpened(read.Address.Name, failure.GetType().Name, (failure as AccountSealException)?.Reason.ToString());
            return new(Opened: null, failure);
        }
        finally
        {
            lock (_lock)
            {
                if (_underWay.TryGetValue(read.Address, out var current) && current == read)
                {
                    _underWay.Remove(read.Address);
                }
            }
        }
    }

    private async Task<(OpenedAccount? Opened, string Outcome)> ReadAsync(AccountRead read)
    {
        // Before the read: what is saved while it is under way is newer than what it finds, and no rollback.
        var mark = Math.Max(_marks[read.Address], read.AcceptsRollback ? 0 : _cache.Find(read.Address)?.Opened.Revision ?? 0);
        var head = await ReadHeadAsync(read.Address).ConfigureAwait(false);
        if (head is not null && head.Revision < mark && !read.AcceptsRollback)
        {
            throw new AccountSealException(
                read.Address.Name,
                AccountSealFailure.Rollback,
                $"The store returned revision {head.Revision} of account '{read.Address.Name}', but revision {mark} was seen before. If a backup was restored on purpose, accept it with RefreshAsync(\"{read.Address.Name}\").");
        }

        if (head is null or { IsDeleted: true })
        {
            NoteUnknown(read, head?.Revision ?? 0);
            return (null, "unknown");
        }

        if (!read.AcceptsRollback && _cache.Find(read.Address)?.Opened is { } cached && cached.Revision == head.Revision)
        {
            return (Publish(read, cached), "confirmed");
        }

        return (Publish(read, _reader.Open(read.Address, head)), "opened");
    }

    private async Task<StoredRecord?> ReadHeadAsync(AccountAddress address)
    {
        try
        {
            return await _reader.ReadAsync(address, CancellationToken.None).AsTask().WaitAsync(LongestRead, _time).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw _reader.StoreFailed(address.Name, exception);
        }
    }

    // Under the lock. What was written here meanwhile is not taken back by a refresh.
    private void Note(AccountRead read, long revision)
    {
        if (read.AcceptsRollback && !read.IsOutdated)
        {
            _marks.Reset(read.Address, revision);
        }
        else if (revision > 0)
        {
            _marks.Raise(read.Address, revision);
        }
    }

    private void NoteUnknown(AccountRead read, long revision)
    {
        lock (_lock)
        {
            Note(read, revision);
            if (!read.IsOutdated)
            {
                _cache.Remove(read.Address);
                _unknown.Add(read.Address);
            }
        }
    }

    private OpenedAccount Publish(AccountRead read, OpenedAccount opened)
    {
        lock (_lock)
        {
            Note(read, opened.Revision);
            if (read.AcceptsRollback && !read.IsOutdated)
            {
                _unknown.Remove(opened.Address.Partition, opened.Address.Name);
                _cache.Put(opened, read.Epoch, read.BegunAt);
                return opened;
            }

            // Deleted or saved here meanwhile: those who wait get what they asked for then, the cache does not.
            return _marks[opened.Address] > opened.Revision ? _cache.PassOn(opened) : _cache.Publish(opened, read.Epoch, read.BegunAt, read.IsOutdated);
        }
    }

    private void OnChanged(RecordChange change)
    {
        if (change.Key is not { } key)
        {
            _unknown.Clear();
        }
        else if (key.Kind == RecordKinds.Account)
        {
            // Our own writes too: what comes back may stand for a later change that it was merged with.
            MarkOutdated(key.Partition, key.Name);
        }
    }
}
