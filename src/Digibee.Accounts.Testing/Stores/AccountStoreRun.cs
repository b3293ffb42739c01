using System.Globalization;

namespace Digibee.Accounts;

/// <summary>One case at work: its connections, its rows, and what it says when the store is wrong.</summary>
internal sealed class AccountStoreRun(string caseName, AccountStoreHarness harness, CancellationToken token) : IAsyncDisposable
{
    // Late 2023 in microseconds: what a vault would choose, so a store that keeps 32 bits fails everywhere.
    public const long FirstRevision = 1_700_000_000_000_000;

    private readonly List<IAccountStore> _connections = [];

    public CancellationToken Token => token;

    public TimeSpan FeedDelay => harness.FeedDelay;

    public TimeSpan CaseTimeout => harness.CaseTimeout;

    /// <summary>Gets the first connection.</summary>
    public IAccountStore Store => _connections[0];

    /// <summary>Opens one more connection to the same data.</summary>
    public async Task<IAccountStore> ConnectAsync()
    {
        var store = await harness.ConnectAsync(token).ConfigureAwait(false);
        _connections.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _connections.Distinct(ReferenceEqualityComparer.Instance))
        {
            switch (store)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync().ConfigureAwait(false);
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    public AccountStoreContractException Failure(string expected, string actual, Exception? innerException = null) => new(caseName, expected, actual, innerException);

    public void Holds(bool condition, string expected, string actual)
    {
        if (!condition)
        {
            throw Failure(expected, actual);
        }
    }

    public void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw Failure($"{what}: {Show(expected)}", Show(actual));
        }
    }

    public void Sequence(IEnumerable<string> expected, IEnumerable<string> actual, string what) =>
        Equal(string.Join(' ', expected), string.Join(' ', actual), what);

    /// <summary>Compares every field but the tag, which the store chooses.</summary>
    public void SameRow(StoredRecord expected, StoredRecord? actual, string what, bool withPayload = true)
    {
        if (actual is null)
        {
            throw Failure($"{what}: a row", "none");
        }

        Equal(expected.Key, actual.Key, $"{what}, key");
        Equal(expected.Revision, actual.Revision, $"{what}, revision");
        Equal(expected.Type, actual.Type, $"{what}, type");
        Equal(expected.ExpiresAt?.UtcDateTime, actual.ExpiresAt?.UtcDateTime, $"{what}, expiry");
        Equal(expected.IsDeleted, actual.IsDeleted, $"{what}, deleted");
        Holds(expected.Metadata.Span.SequenceEqual(actual.Metadata.Span), $"{what}: the metadata that was written ({expected.Metadata.Length} bytes)", $"other metadata ({actual.Metadata.Length} bytes)");
        Holds((withPayload ? expected.Payload.Span : []).SequenceEqual(actual.Payload.Span), $"{what}: {(withPayload ? $"the payload that was written ({expected.Payload.Length} bytes)" : "no payload")}", $"a payload of {actual.Payload.Length} bytes");
        Holds(!string.IsNullOrEmpty(actual.ETag), $"{what}: a tag", "none");
    }

    /// <summary>Checks that a row is whole: key, revision, metadata and payload of one write. For rows made by <see cref="ContractRows.Row"/>.</summary>
    public void Whole(StoredRecord row) => SameRow(ContractRows.Row(row.Key, row.Revision), row, $"revision {row.Revision}");

    /// <summary>Creates a row and returns it with its tag.</summary>
    public Task<StoredRecord> CreateAsync(string name, Func<StoredRecord, StoredRecord>? change = null) => CreateAsync(ContractRows.Key(name), change);

    public async Task<StoredRecord> CreateAsync(RecordKey key, Func<StoredRecord, StoredRecord>? change = null)
    {
        var row = ContractRows.Row(key, FirstRevision);
        return await WriteAsync(change?.Invoke(row) ?? row, expectedETag: null, keep: 5).ConfigureAwait(false);
    }

    /// <summary>Appends the next revision and returns it with its tag.</summary>
    public async Task<StoredRecord> AppendAsync(StoredRecord head, int keep = 5, Func<StoredRecord, StoredRecord>? change = null)
    {
        var row = ContractRows.Row(head.Key, head.Revision + 1);
        return await WriteAsync(change?.Invoke(row) ?? row, head.ETag, keep).ConfigureAwait(false);
    }

    /// <summary>Appends a revision that says "deleted" and returns it with its tag.</summary>
    public Task<StoredRecord> DeleteAsync(StoredRecord head) => AppendAsync(head, change: static row => row with { IsDeleted = true, Payload = default });

    public async Task<StoredRecord> ReplaceAsync(StoredRecord row, byte[] payload)
    {
        var changed = row with { Payload = payload };
        var tag = await Store.TryReplaceAsync(changed, row.ETag!, token).ConfigureAwait(false);
        Holds(!string.IsNullOrEmpty(tag), $"a replacement of revision {row.Revision} with its right tag to be taken", "no new tag");
        Holds(tag != row.ETag, "a new tag after a replacement", "the old one");
        return changed with { ETag = tag };
    }

    /// <summary>Reads every page and checks what holds for each listing: the limit, the order, and that it moves on.</summary>
    public async Task<List<StoredRecord>> ListAsync(RecordQuery query, Func<RecordPage, Task>? betweenPages = null)
    {
        var rows = new List<StoredRecord>();
        while (true)
        {
            var page = await Store.ListAsync(query, token).ConfigureAwait(false);
            Holds(page.Records.Count <= query.Limit, $"at most {query.Limit} rows a page", $"{page.Records.Count}");
            foreach (var row in page.Records)
            {
                Holds(query.After is not { } after || ContractRows.Follows(after, ContractRows.Position(row)), "rows behind the position asked for, in ascending order of their bytes", Show(ContractRows.Position(row)));
                query = query with { After = ContractRows.Position(row) };
                rows.Add(row);
            }

            if (page.Next is not { } next)
            {
                return rows;
            }

            Holds(query.After is not { } last || next == last || ContractRows.Follows(last, next), "a next position that is not before the last row", Show(next));
            Holds(page.Records.Count > 0 || next != query.After, "a page without rows to move on", "the same position again");
            query = query with { After = next };
            if (betweenPages is not null)
            {
                await betweenPages(page).ConfigureAwait(false);
            }
        }
    }

    public async Task<StoredRecord[]> HistoryAsync(RecordKey key) =>
        [.. await ListAsync(ContractRows.All(key.Kind) with { Partition = key.Partition, Name = key.Name, IncludeHistory = true, IncludeDeleted = true, IncludePayload = true }).ConfigureAwait(false)];

    private async Task<StoredRecord> WriteAsync(StoredRecord row, string? expectedETag, int keep)
    {
        var tag = await Store.TryAppendAsync(row, expectedETag, keep, token).ConfigureAwait(false);
        Holds(!string.IsNullOrEmpty(tag), $"{(expectedETag is null ? "a creation" : "an append with the head's tag")} to be taken", "no new tag");
        return row with { ETag = tag };
    }

    private static string Show<T>(T value) => value switch
    {
        null => "nothing",
        "" => "nothing",
        bool answer => answer ? "yes" : "no",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "nothing",
    };
}
