namespace Digibee.Accounts;

internal static class ReplaceCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A replaced head has the new payload and a new tag, and is otherwise unchanged", Head),
        new("A replacement changes nothing but the payload, whatever else it says", OnlyPayload),
        new("After a replacement, an append with the head's old tag is refused", OldTag),
        new("A replaced older revision leaves the head and its tag alone", History),
        new("A replacement with a stale tag, or another row's, is refused", StaleTag),
        new("A replacement of a revision that is not kept is refused", NotKept),
    ];

    private static async Task Head(AccountStoreRun run)
    {
        var row = await run.CreateAsync("head").ConfigureAwait(false);

        var replaced = await run.ReplaceAsync(row, ContractRows.Bytes(7, 333)).ConfigureAwait(false);

        var read = await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false);
        run.SameRow(replaced, read, "the head");
        run.Equal(replaced.ETag, read!.ETag, "the tag that the replacement returned");
        run.Equal(1, (await run.HistoryAsync(row.Key).ConfigureAwait(false)).Length, "revisions kept");
        await run.AppendAsync(replaced).ConfigureAwait(false);
    }

    private static async Task OnlyPayload(AccountStoreRun run)
    {
        var row = await run.CreateAsync("only", static row => row with { ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(60) }).ConfigureAwait(false);
        var payload = ContractRows.Bytes(8, 100);

        await run.ReplaceAsync(row with { Type = "smtp", ExpiresAt = null, Metadata = ContractRows.Bytes(8, 20) }, payload).ConfigureAwait(false);

        run.SameRow(row with { Payload = payload }, await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false), "the row");
        run.Equal(1, (await run.ListAsync(ContractRows.All() with { Type = "basic" }).ConfigureAwait(false)).Count, "rows of the type that was written first");
    }

    private static async Task OldTag(AccountStoreRun run)
    {
        var row = await run.CreateAsync("old").ConfigureAwait(false);
        var replaced = await run.ReplaceAsync(row, ContractRows.Bytes(7, 100)).ConfigureAwait(false);

        run.Equal(null, await run.Store.TryAppendAsync(ContractRows.Row(row.Key, row.Revision + 1), row.ETag, 5, run.Token).ConfigureAwait(false), "for an append with the old tag");
        run.SameRow(replaced, await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false), "the head after the refusal");
    }

    private static async Task History(AccountStoreRun run)
    {
        var first = await run.CreateAsync("history").ConfigureAwait(false);
        var second = await run.AppendAsync(first).ConfigureAwait(false);
        var head = await run.AppendAsync(second).ConfigureAwait(false);

        var replaced = await run.ReplaceAsync(second, ContractRows.Bytes(7, 444)).ConfigureAwait(false);

        var kept = await run.HistoryAsync(first.Key).ConfigureAwait(false);
        run.Equal(3, kept.Length, "revisions kept");
        run.SameRow(first, kept[0], "the revision before");
        run.SameRow(replaced, kept[1], "the replaced revision");
        run.SameRow(head, kept[2], "the head");
        run.Sequence([first.ETag!, replaced.ETag!, head.ETag!], kept.Select(static row => row.ETag!), "the tags");
        await run.AppendAsync(head).ConfigureAwait(false);
    }

    private static async Task StaleTag(AccountStoreRun run)
    {
        var first = await run.CreateAsync("stale").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);
        var replaced = await run.ReplaceAsync(head, ContractRows.Bytes(7, 100)).ConfigureAwait(false);

        await RefusedAsync(run, head, head.ETag!).ConfigureAwait(false);
        await RefusedAsync(run, head, first.ETag!).ConfigureAwait(false);
        await RefusedAsync(run, first, replaced.ETag!).ConfigureAwait(false);
        var kept = await run.HistoryAsync(head.Key).ConfigureAwait(false);
        run.SameRow(first, kept[0], "the older revision after the refusals");
        run.SameRow(replaced, kept[^1], "the head after the refusals");
    }

    private static async Task NotKept(AccountStoreRun run)
    {
        var first = await run.CreateAsync("gone").ConfigureAwait(false);
        var head = await run.AppendAsync(first, keep: 1).ConfigureAwait(false);

        await RefusedAsync(run, first, first.ETag!).ConfigureAwait(false);
        await RefusedAsync(run, ContractRows.Row(head.Key, head.Revision + 1), head.ETag!).ConfigureAwait(false);
        await RefusedAsync(run, ContractRows.Row(ContractRows.Key("never"), head.Revision), head.ETag!).ConfigureAwait(false);
        run.Holds(await run.Store.GetAsync(ContractRows.Key("never"), run.Token).ConfigureAwait(false) is null, "no row made by a replacement", "one");
        run.SameRow(head, (await run.HistoryAsync(head.Key).ConfigureAwait(false)).SingleOrDefault(), "the only row after the refusals");
    }

    private static async Task RefusedAsync(AccountStoreRun run, StoredRecord row, string tag) =>
        run.Equal(null, await run.Store.TryReplaceAsync(row with { Payload = ContractRows.Bytes(99, 10) }, tag, run.Token).ConfigureAwait(false), "for a replacement without the row's own tag");
}
