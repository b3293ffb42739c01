using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Reads of the store that are under way: one for each account, whoever waits. A read belongs to no caller, and goes on when one gives up.</summary>
internal sealed class AccountReads
{
    private readonly AccountReader _reader;
    private readonly OpenedAccountCache _cache;
    private readonly UnknownNames _unknown;
    private readonly HighWaterMarks _marks;
    private readonly StoreFeed _feed;
    private readonly TimeProvider _time;
    private readonly VaultMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountAddress, Read> _underWay = new(AccountAddressComparer.Instance);

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

    /// <summary>Says that the account was written or deleted here: what is being read may be older, and nobody new joins it.</summary>
    public void MarkOutdated(string partition, string name)
    {
        lock (_lock)
        {
            if (_underWay.GetAlternateLookup<PartitionedName>().TryGetValue(new(partition, name), out var read))
            {
                read.IsOutdated = true;
            }
        }
    }

    private Read Begin(AccountAddress address, bool acceptsRollback)
    {
        var read = new Read(address, acceptsRollback, _feed.AliveEpoch, _time.GetTimestamp());
        _underWay[address] = read;

        // On a thread and in a flow of its own: neither scope, activity nor log scope of the first caller belongs to what others wait for.
        using (ExecutionContext.SuppressFlow())
        {
            read.Result = Task.Run(() => RunAsync(read));
        }

        return read;
    }

    private async Task<ReadResult> RunAsync(Read read)
    {
        try
        {
            var (opened, outcome) = await ReadAsync(read).ConfigureAwait(false);
            _metrics.Read(outcome);
            return new(opened, Failure: null);
        }
        catch (AccountException failure)
        {
            _metrics.Read(failure is AccountUnavailableException ? "unavailable" : "unreadable");
            _logger.AccountNotOpened(read.Address.Name, failure.GetType().Name, (failure as AccountSealException)?.Reason.ToString());
            return new(Opened: null, failure);
        }
        catch (Exception exception)
        {
            return new(Opened: null, _reader.StoreFailed(read.Address.Name, exception));
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

    private async Task<(OpenedAccount? Opened, string Outcome)> ReadAsync(Read read)
    {
        // Before the read: what is saved while it is under way is newer than what it finds, and no rollback.
        var mark = _marks[read.Address];
        var head = await _reader.ReadAsync(read.Address, CancellationToken.None).ConfigureAwait(false);
        if (head is not null && head.Revision < mark && !read.AcceptsRollback)
        {
            throw new AccountSealException(
                read.Address.Name,
                AccountSealFailure.Rollback,
                $"The store returned revision {head.Revision} of account '{read.Address.Name}', but revision {mark} was seen before. If a backup was restored on purpose, accept it with RefreshAsync(\"{read.Address.Name}\").");
        }

        if (head is null or { IsDeleted: true })
        {
            Note(read, head?.Revision ?? 0);
            NoteUnknown(read);
            return (null, "unknown");
        }

        if (!read.AcceptsRollback && _cache.Find(read.Address)?.Opened is { } cached && cached.Revision == head.Revision)
        {
            return (Publish(read, cached), "confirmed");
        }

        var opened = _reader.Open(read.Address, head);
        Note(read, head.Revision);
        return (Publish(read, opened), "opened");
    }

    private void Note(Read read, long revision)
    {
        if (read.AcceptsRollback)
        {
            _marks.Reset(read.Address, revision);
        }
        else if (revision > 0)
        {
            _marks.Raise(read.Address, revision);
        }
    }

    private void NoteUnknown(Read read)
    {
        lock (_lock)
        {
            if (!read.IsOutdated)
            {
                _cache.Remove(read.Address);
                _unknown.Add(read.Address);
            }
        }
    }

    private OpenedAccount Publish(Read read, OpenedAccount opened)
    {
        lock (_lock)
        {
            if (read.AcceptsRollback && !read.IsOutdated)
            {
                _unknown.Remove(opened.Address.Partition, opened.Address.Name);
                _cache.Put(opened, read.Epoch, read.BegunAt);
                return opened;
            }

            // Deleted or saved here meanwhile: those who wait get what they asked for then, the cache does not.
            return _marks[opened.Address] > opened.Revision ? opened : _cache.Publish(opened, read.Epoch, read.BegunAt, read.IsOutdated);
        }
    }

    private void OnChanged(RecordChange change, bool isEcho)
    {
        if (change.Key is not { } key)
        {
            _unknown.Clear();
        }
        else if (key.Kind == RecordKinds.Account && !isEcho)
        {
            lock (_lock)
            {
                MarkOutdated(key.Partition, key.Name);
                _unknown.Remove(key.Partition, key.Name);
                _cache.MarkOutdated(key.Partition, key.Name);
            }
        }
    }

    private sealed class Read(AccountAddress address, bool acceptsRollback, long epoch, long begunAt)
    {
        public AccountAddress Address { get; } = address;

        public bool AcceptsRollback { get; } = acceptsRollback;

        public long Epoch { get; } = epoch;

        public long BegunAt { get; } = begunAt;

        public bool IsOutdated { get; set; }

        public Task<ReadResult> Result { get; set; } = null!;
    }
}
