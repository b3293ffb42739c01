namespace Digibee.Accounts;

internal static class HistoryCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("With keep 1, the head alone is kept", static run => Keeps(run, 1)),
        new("With keep 5, the newest five revisions are kept", static run => Keeps(run, 5)),
        new("With keep 100, the newest hundred revisions are kept", static run => Keeps(run, 100)),
        new("A smaller keep lets older revisions go with the next append", KeepLowered),
        new("A deleted revision counts as one that is kept", DeletedCounts),
        new("Keeping fewer revisions of one key leaves the others alone", OtherKeys),
    ];

    private static async Task Keeps(AccountStoreRun run, int keep)
    {
        var head = await run.CreateAsync("kept").ConfigureAwait(false);
        var written = new List<StoredRecord> { head };
        for (var i = 0; i < keep + 2; i++)
        {
            head = await run.AppendAsync(head, keep).ConfigureAwait(false);
            written.Add(head);
        }

        await KeptAsync(run, written[^keep..]).ConfigureAwait(false);
    }

    private static async Task KeepLowered(AccountStoreRun run)
    {
        var written = new List<StoredRecord> { await run.CreateAsync("lowered").ConfigureAwait(false) };
        for (var i = 0; i < 6; i++)
        {
            written.Add(await run.AppendAsync(written[^1], keep: 7).ConfigureAwait(false));
        }

        await KeptAsync(run, written).ConfigureAwait(false);
        written.Add(await run.AppendAsync(written[^1], keep: 3).ConfigureAwait(false));
        await KeptAsync(run, written[^3..]).ConfigureAwait(false);
        written.Add(await run.AppendAsync(written[^1], keep: 7).ConfigureAwait(false));
        await KeptAsync(run, written[^4..]).ConfigureAwait(false);
    }

    private static async Task DeletedCounts(AccountStoreRun run)
    {
        var first = await run.CreateAsync("counted").ConfigureAwait(false);
        var deleted = await run.DeleteAsync(first).ConfigureAwait(false);
        var again = await run.AppendAsync(deleted, keep: 2).ConfigureAwait(false);

        await KeptAsync(run, [deleted, again]).ConfigureAwait(false);
    }

    private static async Task OtherKeys(AccountStoreRun run)
    {
        var neighbour = await run.CreateAsync("b").ConfigureAwait(false);
        var neighbourHead = await run.AppendAsync(neighbour).ConfigureAwait(false);
        var row = await run.CreateAsync("a").ConfigureAwait(false);
        row = await run.AppendAsync(row, keep: 1).ConfigureAwait(false);

        await KeptAsync(run, [row]).ConfigureAwait(false);
        await KeptAsync(run, [neighbour, neighbourHead]).ConfigureAwait(false);
    }

    private static async Task KeptAsync(AccountStoreRun run, List<StoredRecord> expected)
    {
        var kept = await run.HistoryAsync(expected[0].Key).ConfigureAwait(false);
        run.Sequence(expected.Select(static row => $"{row.Revision}"), kept.Select(static row => $"{row.Revision}"), "the kept revisions, oldest first");
        for (var i = 0; i < kept.Length; i++)
        {
            run.SameRow(expected[i], kept[i], $"kept revision {i + 1}");
            run.Equal(expected[i].ETag, kept[i].ETag, $"the tag of kept revision {i + 1}");
        }
    }
}
