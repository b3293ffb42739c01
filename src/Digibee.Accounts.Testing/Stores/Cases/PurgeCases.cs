namespace Digibee.Accounts;

internal static class PurgeCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A purge removes every revision of its key, and of no other", Everything),
        new("A purge with a stale tag is refused", StaleTag),
        new("A purge of a key without a row is refused", Missing),
        new("A purged key is created like a new one", CreatedAgain),
        new("Tags from before a purge are good for nothing after it", OldTags),
    ];

    private static async Task Everything(AccountStoreRun run)
    {
        var longer = await run.CreateAsync("abc").ConfigureAwait(false);
        var shorter = await run.CreateAsync("a").ConfigureAwait(false);
        var head = await run.AppendAsync(await run.AppendAsync(await run.CreateAsync("ab").ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);

        run.Holds(await run.Store.TryPurgeAsync(head.Key, head.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");

        run.Holds(await run.Store.GetAsync(head.Key, run.Token).ConfigureAwait(false) is null, "nothing to read after a purge", "a row");
        run.Equal(0, (await run.HistoryAsync(head.Key).ConfigureAwait(false)).Length, "revisions after a purge");
        run.SameRow(longer, await run.Store.GetAsync(longer.Key, run.Token).ConfigureAwait(false), "a longer name");
        run.SameRow(shorter, await run.Store.GetAsync(shorter.Key, run.Token).ConfigureAwait(false), "a shorter name");
    }

    private static async Task StaleTag(AccountStoreRun run)
    {
        var first = await run.CreateAsync("stale").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);
        var replaced = await run.ReplaceAsync(head, ContractRows.Bytes(4, 40)).ConfigureAwait(false);

        foreach (var tag in (string[])[first.ETag!, head.ETag!, ""])
        {
            run.Equal(false, await run.Store.TryPurgeAsync(head.Key, tag, run.Token).ConfigureAwait(false), "for a purge with a tag that is not the head's");
            run.SameRow(replaced, await run.Store.GetAsync(head.Key, run.Token).ConfigureAwait(false), "the head after the refusal");
            run.Equal(2, (await run.HistoryAsync(head.Key).ConfigureAwait(false)).Length, "revisions kept after the refusal");
        }
    }

    private static async Task Missing(AccountStoreRun run)
    {
        var other = await run.CreateAsync("other").ConfigureAwait(false);

        run.Equal(false, await run.Store.TryPurgeAsync(ContractRows.Key("missing"), other.ETag!, run.Token).ConfigureAwait(false), "for a purge of a key without a row");
        run.SameRow(other, await run.Store.GetAsync(other.Key, run.Token).ConfigureAwait(false), "the other key");
    }

    private static async Task CreatedAgain(AccountStoreRun run)
    {
        await PurgedAsync(run, "again").ConfigureAwait(false);

        // The revision begins where the purged ones began: nothing of them is remembered.
        var created = await run.CreateAsync("again").ConfigureAwait(false);

        var kept = await run.HistoryAsync(created.Key).ConfigureAwait(false);
        run.Equal(1, kept.Length, "revisions of the new row");
        run.SameRow(created, kept[0], "the new row");
    }

    private static async Task OldTags(AccountStoreRun run)
    {
        var purged = await PurgedAsync(run, "old").ConfigureAwait(false);
        var created = await run.CreateAsync("old").ConfigureAwait(false);

        foreach (var old in purged)
        {
            run.Equal(null, await run.Store.TryAppendAsync(ContractRows.Row(created.Key, created.Revision + 9), old.ETag, 5, run.Token).ConfigureAwait(false), "for an append with a tag from before the purge");
            run.Equal(null, await run.Store.TryReplaceAsync(created with { Payload = default }, old.ETag!, run.Token).ConfigureAwait(false), "for a replacement with a tag from before the purge");
            run.Equal(false, await run.Store.TryPurgeAsync(created.Key, old.ETag!, run.Token).ConfigureAwait(false), "for a purge with a tag from before the purge");
        }

        run.SameRow(created, await run.Store.GetAsync(created.Key, run.Token).ConfigureAwait(false), "the new row");
    }

    private static async Task<StoredRecord[]> PurgedAsync(AccountStoreRun run, string name)
    {
        var first = await run.CreateAsync(name).ConfigureAwait(false);
        var second = await run.AppendAsync(first).ConfigureAwait(false);
        run.Holds(await run.Store.TryPurgeAsync(first.Key, second.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");
        return [first, second];
    }
}
