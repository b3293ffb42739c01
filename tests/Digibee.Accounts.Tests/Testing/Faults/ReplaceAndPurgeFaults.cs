namespace Digibee.Accounts;

internal static class ReplaceAndPurgeFaults
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("a replacement writes the old payload again", "A replaced head has the new payload and a new tag, and is otherwise unchanged", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) => await store.Inner.TryReplaceAsync((await RowAsync(store, record))!, tag),
        }),
        new("a replacement keeps the tag", "A replaced head has the new payload and a new tag, and is otherwise unchanged", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) => await store.Inner.TryReplaceAsync(record, tag) is null ? null : tag,
        }),
        new("a replacement takes over metadata", "A replacement changes nothing but the payload, whatever else it says", static () => new BrokenStore
        {
            Replace = static (store, record, tag) =>
            {
                store.Memory[record.Key] = record;
                return store.Inner.TryReplaceAsync(record, tag);
            },
            Get = static async (store, key) => await store.Inner.GetAsync(key) is { } row ? store.Memory.TryGetValue(key, out var replaced) ? row with { Metadata = replaced.Metadata } : row : null,
        }),
        new("the tag from before a replacement still counts", "After a replacement, an append with the head's old tag is refused", static () =>
        {
            var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
            return new BrokenStore
            {
                Replace = async (store, record, tag) => await store.Inner.TryReplaceAsync(record, tag) is { } next ? renamed[tag] = next : null,
                Append = (store, record, tag, keep) => store.Inner.TryAppendAsync(record, tag is null ? null : renamed.GetValueOrDefault(tag, tag), keep),
            };
        }),
        new("a replacement of an older revision gives the head a new tag", "A replaced older revision leaves the head and its tag alone", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) =>
            {
                var written = await store.Inner.TryReplaceAsync(record, tag);
                var head = await store.Inner.GetAsync(record.Key);
                if (written is not null && head!.Revision != record.Revision)
                {
                    await store.Inner.TryReplaceAsync(head, head.ETag!);
                }

                return written;
            },
        }),
        new("a replacement always goes to the head", "A replaced older revision leaves the head and its tag alone", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) => await store.Inner.GetAsync(record.Key) is { } head ? await store.Inner.TryReplaceAsync(record with { Revision = head.Revision }, head.ETag!) : null,
        }),
        new("a replacement needs no tag", "A replacement with a stale tag, or another row's, is refused", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) => await RowAsync(store, record) is { } row ? await store.Inner.TryReplaceAsync(record, row.ETag!) : null,
        }),
        new("a replacement of a revision that is gone goes to the head", "A replacement of a revision that is not kept is refused", static () => new BrokenStore
        {
            Replace = static async (store, record, tag) => await RowAsync(store, record) is null && await store.Inner.GetAsync(record.Key) is { } head
                ? await store.Inner.TryReplaceAsync(record with { Revision = head.Revision }, tag)
                : await store.Inner.TryReplaceAsync(record, tag),
        }),
        new("a purge takes longer names with it", "A purge removes every revision of its key, and of no other", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) =>
            {
                var longer = await store.AllAsync(new RecordQuery { Kind = key.Kind, Partition = key.Partition, NamePrefix = key.Name });
                foreach (var row in longer.Where(row => row.Key != key))
                {
                    await store.Inner.TryPurgeAsync(row.Key, row.ETag!);
                }

                return await store.Inner.TryPurgeAsync(key, tag);
            },
        }),
        new("a purge only writes a deleted head", "A purge removes every revision of its key, and of no other", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) => await store.Inner.GetAsync(key) is { } head && await store.Inner.TryAppendAsync(head with { Revision = head.Revision + 1, IsDeleted = true, Payload = default }, tag, 1) is not null,
        }),
        new("a purge needs no tag", "A purge with a stale tag is refused", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) => await store.Inner.GetAsync(key) is { } head && await store.Inner.TryPurgeAsync(key, head.ETag!),
        }),
        new("a purge of nothing succeeds", "A purge of a key without a row is refused", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) => await store.Inner.GetAsync(key) is null || await store.Inner.TryPurgeAsync(key, tag),
        }),
        new("a purged key cannot be created again", "A purged key is created like a new one", static () => new BrokenStore
        {
            Purge = Remembering,
            Append = static (store, record, tag, keep) => tag is null && store.Memory.ContainsKey(record.Key) ? new((string?)null) : store.Inner.TryAppendAsync(record, tag, keep),
        }),
        new("a purged key's revisions count on", "A purged key is created like a new one", static () => new BrokenStore
        {
            Purge = Remembering,
            Append = static (store, record, tag, keep) => store.Memory.TryGetValue(record.Key, out var purged) && purged.Revision >= record.Revision
                ? new((string?)null)
                : store.Inner.TryAppendAsync(record, tag, keep),
        }),
    ];

    private static async ValueTask<bool> Remembering(BrokenStore store, RecordKey key, string tag)
    {
        store.Memory[key] = (await store.Inner.GetAsync(key))!;
        return await store.Inner.TryPurgeAsync(key, tag);
    }

    private static async Task<StoredRecord?> RowAsync(BrokenStore store, StoredRecord record) =>
        (await WriteFaults.HistoryAsync(store, record.Key)).Find(row => row.Revision == record.Revision);
}
