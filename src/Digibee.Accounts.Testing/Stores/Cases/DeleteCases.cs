namespace Digibee.Accounts;

internal static class DeleteCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("GetAsync shows a deleted head", Shown),
        new("ListAsync hides a deleted head unless asked for it", Hidden),
        new("A deleted head is replaced with its tag only", NeedsTag),
        new("Older revisions stay behind a deleted head", HistoryStays),
    ];

    private static async Task Shown(AccountStoreRun run)
    {
        var row = await run.CreateAsync("shown").ConfigureAwait(false);
        var deleted = await run.DeleteAsync(row).ConfigureAwait(false);

        var read = await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false);
        run.SameRow(deleted, read, "the deleted head");
        run.Equal(deleted.ETag, read!.ETag, "its tag");
    }

    private static async Task Hidden(AccountStoreRun run)
    {
        await run.CreateAsync("a").ConfigureAwait(false);
        var deleted = await run.DeleteAsync(await run.CreateAsync("b").ConfigureAwait(false)).ConfigureAwait(false);
        await run.CreateAsync("c").ConfigureAwait(false);

        var hidden = await run.ListAsync(ContractRows.All()).ConfigureAwait(false);
        run.Sequence(["a", "c"], ContractRows.Names(hidden), "without IncludeDeleted");
        var shown = await run.ListAsync(ContractRows.All() with { IncludeDeleted = true, IncludePayload = true }).ConfigureAwait(false);
        run.Sequence(["a", "b", "c"], ContractRows.Names(shown), "with IncludeDeleted");
        run.SameRow(deleted, shown[1], "the deleted head in the listing");
    }

    private static async Task NeedsTag(AccountStoreRun run)
    {
        var deleted = await run.DeleteAsync(await run.CreateAsync("again").ConfigureAwait(false)).ConfigureAwait(false);

        run.Equal(null, await run.Store.TryAppendAsync(ContractRows.Row(deleted.Key, deleted.Revision + 1), null, 5, run.Token).ConfigureAwait(false), "for a creation over a deleted head");
        var created = await run.AppendAsync(deleted).ConfigureAwait(false);
        run.SameRow(created, await run.Store.GetAsync(created.Key, run.Token).ConfigureAwait(false), "the head");
        run.Sequence(["again"], ContractRows.Names(await run.ListAsync(ContractRows.All()).ConfigureAwait(false)), "the listing after it was created again");
    }

    private static async Task HistoryStays(AccountStoreRun run)
    {
        var first = await run.CreateAsync("undo").ConfigureAwait(false);
        var second = await run.AppendAsync(first).ConfigureAwait(false);
        var deleted = await run.DeleteAsync(second).ConfigureAwait(false);

        var all = await run.HistoryAsync(first.Key).ConfigureAwait(false);
        run.Equal(3, all.Length, "revisions with IncludeHistory and IncludeDeleted");
        run.SameRow(first, all[0], "the oldest revision");
        run.SameRow(second, all[1], "the revision before the deletion");
        run.SameRow(deleted, all[2], "the deleted head");
        var living = await run.ListAsync(ContractRows.All() with { IncludeHistory = true }).ConfigureAwait(false);
        run.Sequence([$"{first.Revision}", $"{second.Revision}"], living.Select(static row => $"{row.Revision}"), "revisions with IncludeHistory alone");
    }
}
