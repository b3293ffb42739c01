using System.Globalization;

namespace Digibee.Accounts;

internal static class WriteFaults
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("unknown keys read as deleted rows", "A key that was never written reads as nothing", static () => new BrokenStore
        {
            Get = async (store, key) => await store.Inner.GetAsync(key) ?? new StoredRecord { Key = key, Revision = 1, Type = "", IsDeleted = true, Metadata = default, Payload = default, ETag = "1" },
        }),
        new("the type is forgotten", "A created row comes back as it was written", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record with { Type = "basic" }, tag, keep),
        }),
        new("another tag is returned than is read", "A created row comes back as it was written", static () => new BrokenStore
        {
            Append = async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, tag, keep) + "0",
        }),
        new("empty metadata become an empty object", "A row without expiry and without metadata comes back without them", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record.Metadata.IsEmpty ? record with { Metadata = "{}"u8.ToArray() } : record, tag, keep),
        }),
        new("expiries are kept to the second", "A time of expiry comes back to the millisecond", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record with { ExpiresAt = record.ExpiresAt?.AddTicks(-(record.ExpiresAt.Value.Ticks % TimeSpan.TicksPerSecond)) }, tag, keep),
        }),
        new("expiries lose their time zone", "A time of expiry comes back to the millisecond", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record with { ExpiresAt = record.ExpiresAt is { } time ? new DateTimeOffset(time.DateTime, TimeSpan.Zero) : null }, tag, keep),
        }),
        new("payloads are kept as text", "Bytes of every value come back, up to the greatest lengths", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record with { Payload = System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.ASCII.GetString(record.Payload.Span)) }, tag, keep),
        }),
        new("payloads are cut at 1,000,000 bytes", "Bytes of every value come back, up to the greatest lengths", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record.Payload.Length > 1_000_000 ? record with { Payload = record.Payload[..1_000_000] } : record, tag, keep),
        }),
        new("names are cut at 254 characters", "Key parts of the greatest lengths are kept", static () => WithKeys(static key => key with { Name = key.Name[..Math.Min(key.Name.Length, 254)] })),
        new("the caller's buffers are kept", "A row stays as it was when the caller's buffers change after the write", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) =>
            {
                store.Memory[record.Key] = record;
                return store.Inner.TryAppendAsync(record, tag, keep);
            },
            Get = static async (store, key) => await store.Inner.GetAsync(key) is { } row ? row with { Payload = store.Memory[key].Payload } : null,
        }),
        new("a second creation overwrites", "Of two creations of one key, the first stands", static () => new BrokenStore
        {
            Append = async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, tag ?? (await store.Inner.GetAsync(record.Key))?.ETag, keep),
        }),
        new("a tag does for a row that is not there", "A tag for a key that has no row is refused", static () => new BrokenStore
        {
            Append = async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, await store.Inner.GetAsync(record.Key) is null ? null : tag, keep),
        }),
        new("key parts are joined without a separator", "Equal names of other kinds and partitions do not meet", static () => WithKeys(static key => new RecordKey("all", "", key.Kind + key.Partition + key.Name))),
        new("key parts are joined by a slash", "Equal names of other kinds and partitions do not meet", static () => WithKeys(static key => new RecordKey("all", "", $"{key.Kind}/{key.Partition}/{key.Name}"))),
        new("names ignore case", "Equal names of other kinds and partitions do not meet", static () => WithKeys(static key => key with { Name = key.Name.ToUpperInvariant() })),
        new("each connection reads through a cache of its own", "A write is read at once through another connection", static () =>
        {
            var shared = new InMemoryAccountStore();
            return () => new BrokenStore
            {
                Inner = shared,
                Get = static async (store, key) => store.Memory.TryGetValue(key, out var cached) ? cached : await store.Inner.GetAsync(key) is { } row ? store.Memory.GetOrAdd(key, row) : null,
            };
        }),
        new("each connection has rows of its own", "A write is read at once through another connection", static () => static () => new InMemoryAccountStore()),
        new("the oldest revision is read as the head", "An append with the head's tag becomes the head", static () => new BrokenStore
        {
            Get = static async (store, key) => (await HistoryAsync(store, key)).FirstOrDefault(),
        }),
        new("any tag will do", "An append with a stale tag is refused", static () => new BrokenStore
        {
            Append = async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, tag is null ? null : (await store.Inner.GetAsync(record.Key))?.ETag, keep),
        }),
        new("tags are trimmed", "An append with a tag that the store never gave is refused", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record, tag?.Trim(), keep),
        }),
        new("the newest tag of all revisions counts as the head's", "An append with the tag of an older revision is refused", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) =>
            {
                var newest = (await HistoryAsync(store, record.Key)).MaxBy(static row => int.Parse(row.ETag!, CultureInfo.InvariantCulture));
                return await store.Inner.TryAppendAsync(record, tag is not null && tag == newest?.ETag ? (await store.Inner.GetAsync(record.Key))!.ETag : tag, keep);
            },
        }),
        new("a revision that does not grow is refused like a stale tag", "An append whose revision does not grow is the caller's mistake", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) => await store.Inner.GetAsync(record.Key) is { } head && head.Revision >= record.Revision ? null : await store.Inner.TryAppendAsync(record, tag, keep),
        }),
        new("a revision that does not grow is taken", "An append whose revision does not grow is the caller's mistake", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) =>
                await store.Inner.TryAppendAsync(await store.Inner.GetAsync(record.Key) is { } head && head.Revision >= record.Revision ? record with { Revision = head.Revision + 1 } : record, tag, keep),
        }),
        new("the revision is looked at before the tag", "An append with a stale tag is refused, not a mistake, whatever its revision", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) => await store.Inner.GetAsync(record.Key) is { } head && head.Revision >= record.Revision
                ? throw new ArgumentException("The revision does not grow.", nameof(record))
                : await store.Inner.TryAppendAsync(record, tag, keep),
        }),
        new("tags are made from revisions", "Tags change with every write and never come again for a key", static () => new BrokenStore
        {
            Get = static async (store, key) => Tagged(await store.Inner.GetAsync(key)),
            Append = static async (store, record, tag, keep) =>
            {
                var head = await store.Inner.GetAsync(record.Key);
                return Tagged(head)?.ETag == tag && await store.Inner.TryAppendAsync(record, head?.ETag, keep) is not null ? Tagged(record)!.ETag : null;
            },
            Replace = static async (store, record, tag) =>
            {
                var head = await store.Inner.GetAsync(record.Key);
                return await store.Inner.TryReplaceAsync(record, head!.ETag!) is not null ? tag : null;
            },
            Purge = static async (store, key, tag) => await store.Inner.TryPurgeAsync(key, (await store.Inner.GetAsync(key))!.ETag!),
        }),
        new("tags begin anew after a purge", "Tags change with every write and never come again for a key", TagsByKey),
        new("tags begin anew after a purge, again", "Tags from before a purge are good for nothing after it", TagsByKey),
        new("one revision is kept too many", "With keep 1, the head alone is kept", static () => WithKeep(static keep => Math.Min(keep + 1, 100))),
        new("one revision is kept too few", "With keep 5, the newest five revisions are kept", static () => WithKeep(static keep => Math.Max(keep - 1, 1))),
        new("never more than 50 revisions are kept", "With keep 100, the newest hundred revisions are kept", static () => WithKeep(static keep => Math.Min(keep, 50))),
        new("the greatest keep of all times counts", "A smaller keep lets older revisions go with the next append", static () => WithKeep(static keep => Math.Max(keep, 7))),
        new("deleted revisions are kept beside the count", "A deleted revision counts as one that is kept", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, tag, keep + (await store.Inner.GetAsync(record.Key) is { IsDeleted: true } ? 1 : 0)),
        }),
        new("a small keep hides the history of all keys", "Keeping fewer revisions of one key leaves the others alone", static () =>
        {
            var trimmed = false;
            return new BrokenStore
            {
                Append = (store, record, tag, keep) =>
                {
                    trimmed |= keep == 1;
                    return store.Inner.TryAppendAsync(record, tag, keep);
                },
                List = (store, query) => store.Inner.ListAsync(query with { IncludeHistory = query.IncludeHistory && !trimmed }),
            };
        }),
        new("deleted heads read as nothing", "GetAsync shows a deleted head", static () => new BrokenStore
        {
            Get = static async (store, key) => await store.Inner.GetAsync(key) is { IsDeleted: false } row ? row : null,
        }),
        new("a deleted head is overwritten by a creation", "A deleted head is replaced with its tag only", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) => await store.Inner.TryAppendAsync(record, tag ?? (await store.Inner.GetAsync(record.Key) is { IsDeleted: true } head ? head.ETag : null), keep),
        }),
        new("a deletion drops the history", "Older revisions stay behind a deleted head", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record, tag, record.IsDeleted ? 1 : keep),
        }),
    ];

    public static async Task<List<StoredRecord>> HistoryAsync(BrokenStore store, RecordKey key) => await store.AllAsync(new RecordQuery
    {
        Kind = key.Kind,
        Partition = key.Partition,
        Name = key.Name,
        IncludeHistory = true,
        IncludeDeleted = true,
        IncludePayload = true,
    });

    private static BrokenStore WithKeep(Func<int, int> change) => new()
    {
        Append = (store, record, tag, keep) => store.Inner.TryAppendAsync(record, tag, change(keep)),
    };

    private static BrokenStore WithKeys(Func<RecordKey, RecordKey> change) => new()
    {
        Get = async (store, key) => await store.Inner.GetAsync(change(key)) is { } row ? row with { Key = key } : null,
        Append = (store, record, tag, keep) => store.Inner.TryAppendAsync(record with { Key = change(record.Key) }, tag, keep),
        Purge = (store, key, tag) => store.Inner.TryPurgeAsync(change(key), tag),
    };

    private static StoredRecord? Tagged(StoredRecord? row) => row is null ? null : row with { ETag = row.Revision.ToString(CultureInfo.InvariantCulture) };

    // For one key and one writer: the store's own count, less what it was when the key was created.
    private static BrokenStore TagsByKey()
    {
        var before = 0;
        return new BrokenStore
        {
            Append = async (store, record, tag, keep) =>
            {
                var written = await store.Inner.TryAppendAsync(record, Inner(tag), keep);
                before = tag is null && written is not null ? int.Parse(written, CultureInfo.InvariantCulture) - 1 : before;
                return Outer(written);
            },
            Replace = async (store, record, tag) => Outer(await store.Inner.TryReplaceAsync(record, Inner(tag)!)),
            Purge = (store, key, tag) => store.Inner.TryPurgeAsync(key, Inner(tag)!),
            Get = async (store, key) => await store.Inner.GetAsync(key) is { } row ? row with { ETag = Outer(row.ETag) } : null,
        };

        string? Inner(string? tag) => tag is null ? null : (int.Parse(tag, CultureInfo.InvariantCulture) + before).ToString(CultureInfo.InvariantCulture);
        string? Outer(string? tag) => tag is null ? null : (int.Parse(tag, CultureInfo.InvariantCulture) - before).ToString(CultureInfo.InvariantCulture);
    }
}
