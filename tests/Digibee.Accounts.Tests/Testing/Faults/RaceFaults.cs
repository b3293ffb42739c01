namespace Digibee.Accounts;

internal static class RaceFaults
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(2);

    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("a creation looks first and writes later", "Of sixteen creations at once, one is taken", static () => new BrokenStore { Append = LookFirst }),
        new("an append looks first and writes later", "Of eight times a hundred increments at once, over two connections, none is lost", static () => new BrokenStore { Append = LookFirst }),
        new("a purge looks first and removes later", "Of an append and a purge at once, one is taken", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) =>
            {
                if (await store.Inner.GetAsync(key) is not { } head || head.ETag != tag)
                {
                    return false;
                }

                await Task.Delay(AMoment); // the window through which others get in
                return await store.Inner.TryPurgeAsync(key, (await store.Inner.GetAsync(key))!.ETag!);
            },
        }),
        new("an append gives older revisions new tags", "Of an append and a replacement at once, the replacement is not lost", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) =>
            {
                var written = await store.Inner.TryAppendAsync(record, tag, keep);
                foreach (var row in (await WriteFaults.HistoryAsync(store, record.Key)).SkipLast(1))
                {
                    await store.Inner.TryReplaceAsync(row, row.ETag!);
                }

                return written;
            },
            Replace = static async (store, record, tag) =>
            {
                await Task.Delay(AMoment); // the window through which others get in
                return await store.Inner.TryReplaceAsync(record, tag);
            },
        }),
        new("metadata and payload are read one after the other", "A reader sees whole rows, and each key once, while they are written", static () => new BrokenStore
        {
            Append = Slowly,
            Get = static async (store, key) =>
            {
                var first = await store.Inner.GetAsync(key);
                await Task.Delay(AMoment); // the window through which others get in
                return first is null ? null : first with { Payload = (await store.Inner.GetAsync(key))!.Payload };
            },
        }),
        new("a row is away while it is written", "A reader sees whole rows, and each key once, while they are written", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) =>
            {
                store.Memory[record.Key] = record;
                await Task.Delay(AMoment); // the window through which others get in
                store.Memory.Clear();
                return await store.Inner.TryAppendAsync(record, tag, keep);
            },
            List = static async (store, query) => await store.Inner.ListAsync(query) is var page && store.Memory.IsEmpty ? page : page with { Records = [] },
        }),
        new("a cancelled write leaves a row without its payload", "A cancelled write leaves a whole row or none", static () => new BrokenStore
        {
            Append = static async (store, record, tag, keep) =>
            {
                if (record.Payload.Length < 1_000_000)
                {
                    return await store.Inner.TryAppendAsync(record, tag, keep);
                }

                await store.Inner.TryAppendAsync(record with { Payload = default }, tag, keep);
                throw new OperationCanceledException();
            },
        }),
        new("a cancelled write says that it was made", "A cancelled write leaves a whole row or none", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => record.Payload.Length < 1_000_000 ? store.Inner.TryAppendAsync(record, tag, keep) : new("written"),
        }),
    ];

    private static async ValueTask<string?> LookFirst(BrokenStore store, StoredRecord record, string? tag, int keep)
    {
        if ((await store.Inner.GetAsync(record.Key))?.ETag != tag)
        {
            return null;
        }

        await Task.Delay(AMoment); // the window through which others get in
        while (true)
        {
            var head = await store.Inner.GetAsync(record.Key);
            if (await store.Inner.TryAppendAsync(record with { Revision = Math.Max(record.Revision, (head?.Revision ?? 0) + 1) }, head?.ETag, keep) is { } written)
            {
                return written;
            }
        }
    }

    private static async ValueTask<string?> Slowly(BrokenStore store, StoredRecord record, string? tag, int keep)
    {
        await Task.Yield();
        return await store.Inner.TryAppendAsync(record, tag, keep);
    }
}
