using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Rows in memory: for tests and trials, gone with the process. A read or write costs O(log n), a page O(log n) and its rows.</summary>
internal sealed class InMemoryAccountStore : IAccountStore
{
    /// <summary>The most rows one page looks at, so that a filter nothing passes does not hold the lock over the whole store. Such a page is short.</summary>
    internal const int MaxRowsPerPage = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RecordKey, InMemoryRecord> _byKey = [];
    private readonly SortedSet<InMemoryRecord> _inOrder = new(InMemoryRecord.Order);
    private readonly RecordFeed _feed = new();
    private long _lastTag;

    /// <summary>Gets the feed, for tests of its bounds.</summary>
    internal RecordFeed Feed => _feed;

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckKey(key);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<StoredRecord?>(cancellationToken);
        }

        StoredRecord? head;
        lock (_gate)
        {
            head = _byKey.TryGetValue(key, out var record) ? record.Head : null;
        }

        return new(head is null ? null : Copy(head));
    }

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckAppend(record, keep);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<string?>(cancellationToken);
        }

        var row = Copy(record);
        lock (_gate)
        {
            var exists = _byKey.TryGetValue(row.Key, out var kept);
            if (exists ? kept!.Head.ETag != expectedETag : expectedETag is not null)
            {
                return new((string?)null);
            }

            if (!exists)
            {
                kept = new InMemoryRecord(row.Key);
                _byKey.Add(row.Key, kept);
            }
            else if (row.Revision <= kept!.Head.Revision)
            {
                throw RecordRules.RevisionDoesNotGrow();
            }

            row = row with { ETag = NextTag() };
            kept!.Append(row, keep);
            _inOrder.Add(kept);
            _feed.Publish(row.Key, row.Revision);
            return new(row.ETag);
        }
    }

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckReplace(record, expectedETag);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<string?>(cancellationToken);
        }

        var payload = record.Payload.ToArray();
        lock (_gate)
        {
            if (!_byKey.TryGetValue(record.Key, out var kept) || kept.IndexOf(record.Revision) is var index && (index < 0 || kept.Revisions[index].ETag != expectedETag))
            {
                return new((string?)null);
            }

            var row = kept.Revisions[index];
            if (row.IsDeleted && payload.Length > 0)
            {
                throw new ArgumentException("The stored revision says \"deleted\"; it has no payload to replace.", nameof(record));
            }

            row = row with { Payload = payload, ETag = NextTag() };
            kept.Replace(index, row);
            return new(row.ETag);
        }
    }

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckKey(key);
        ArgumentNullException.ThrowIfNull(expectedETag);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<bool>(cancellationToken);
        }

        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var kept) || kept.Head.ETag != expectedETag)
            {
                return new(false);
            }

            _byKey.Remove(key);
            _inOrder.Remove(kept);
            _feed.Publish(key, kept.Head.Revision);
            return new(true);
        }
    }

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckQuery(query);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RecordPage>(cancellationToken);
        }

        var rows = new List<StoredRecord>();
        RecordPosition? next;
        lock (_gate)
        {
            next = Collect(query, rows);
        }

        for (var i = 0; i < rows.Count; i++)
        {
            rows[i] = Copy(query.IncludePayload ? rows[i] : rows[i] with { Payload = default });
        }

        return new(new RecordPage(rows, next));
    }

    public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) => _feed.WatchAsync(cancellationToken);

    // Gives the place to go on from; null at the end.
    private RecordPosition? Collect(RecordQuery query, List<StoredRecord> rows)
    {
        var selection = new RecordSelection(query);
        var first = new InMemoryRecord(selection.First);
        if (_inOrder.Max is not { } last || InMemoryRecord.Order.Compare(first, last) > 0)
        {
            return null;
        }

        var position = query.After;
        var passed = 0;
        foreach (var record in _inOrder.GetViewBetween(first, last))
        {
            if (selection.EndsBefore(record.Key))
            {
                break;
            }

            foreach (var row in selection.Rows(record))
            {
                var selected = selection.Selects(row);
                if (passed == MaxRowsPerPage || (selected && rows.Count == query.Limit))
                {
                    return position;
                }

                if (selected)
                {
                    rows.Add(row);
                }

                position = new RecordPosition(row.Key.Partition, row.Key.Name, row.Revision);
                passed++;
            }
        }

        return null;
    }

    // The buffers of a caller may change after a call, before or behind the store.
    private static StoredRecord Copy(StoredRecord record) => record with
    {
        ExpiresAt = RecordRules.Expiry(record.ExpiresAt),
        Metadata = record.Metadata.ToArray(),
        Payload = record.Payload.ToArray(),
    };

    // One count for all keys: a tag comes once, even for a key that was purged and made again.
    private string NextTag() => (++_lastTag).ToString(CultureInfo.InvariantCulture);
}
