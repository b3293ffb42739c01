using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>A good store with one fault: each call can be replaced, and sees the store behind it.</summary>
internal sealed class BrokenStore : IAccountStore
{
    public IAccountStore Inner { get; init; } = new InMemoryAccountStore();

    /// <summary>Gets what the fault remembers.</summary>
    public ConcurrentDictionary<RecordKey, StoredRecord> Memory { get; } = new();

    public Func<BrokenStore, RecordKey, ValueTask<StoredRecord?>>? Get { get; init; }

    public Func<BrokenStore, StoredRecord, string?, int, ValueTask<string?>>? Append { get; init; }

    public Func<BrokenStore, StoredRecord, string, ValueTask<string?>>? Replace { get; init; }

    public Func<BrokenStore, RecordKey, string, ValueTask<bool>>? Purge { get; init; }

    public Func<BrokenStore, RecordQuery, ValueTask<RecordPage>>? List { get; init; }

    public Func<BrokenStore, CancellationToken, IAsyncEnumerable<RecordChange>>? Watch { get; init; }

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        Get?.Invoke(this, key) ?? Inner.GetAsync(key, cancellationToken);

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default) =>
        Append?.Invoke(this, record, expectedETag, keep) ?? Inner.TryAppendAsync(record, expectedETag, keep, cancellationToken);

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) =>
        Replace?.Invoke(this, record, expectedETag) ?? Inner.TryReplaceAsync(record, expectedETag, cancellationToken);

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) =>
        Purge?.Invoke(this, key, expectedETag) ?? Inner.TryPurgeAsync(key, expectedETag, cancellationToken);

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) =>
        List?.Invoke(this, query) ?? Inner.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) =>
        Watch?.Invoke(this, cancellationToken) ?? Inner.WatchAsync(cancellationToken);

    /// <summary>Reads all rows a query asks for, without pages.</summary>
    public async Task<List<StoredRecord>> AllAsync(RecordQuery query)
    {
        var rows = new List<StoredRecord>();
        for (var page = await Inner.ListAsync(query with { Limit = 1_000 }); ; page = await Inner.ListAsync(query with { Limit = 1_000, After = page.Next }))
        {
            rows.AddRange(page.Records);
            if (page.Next is null)
            {
                return rows;
            }
        }
    }

    /// <summary>Gives the first rows behind the query's position of an order and a choice that are the fault's own.</summary>
    public static RecordPage Page(RecordQuery query, IEnumerable<StoredRecord> rows, Func<StoredRecord, RecordPosition, bool> follows)
    {
        var rest = rows.Where(row => query.After is not { } after || follows(row, after)).Take(query.Limit + 1).ToList();
        var page = rest.Take(query.Limit).ToList();
        return new RecordPage(page, rest.Count > page.Count ? Position(page[^1]) : null);
    }

    public static RecordPosition Position(StoredRecord row) => new(row.Key.Partition, row.Key.Name, row.Revision);

    /// <summary>Changes the items of a feed.</summary>
    public static async IAsyncEnumerable<RecordChange> Feed(
        IAsyncEnumerable<RecordChange> feed, Func<RecordChange, IEnumerable<RecordChange>> change, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in feed.WithCancellation(cancellationToken))
        {
            foreach (var changed in change(item))
            {
                yield return changed;
            }
        }
    }
}
