namespace Digibee.Accounts;

internal static class AppendCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("An append with the head's tag becomes the head", BecomesHead),
        new("An append with a stale tag is refused", StaleTag),
        new("An append with a tag that the store never gave is refused", UnknownTag),
        new("An append with the tag of an older revision is refused", HistoryTag),
        new("An append whose revision does not grow is the caller's mistake", RevisionDoesNotGrow),
        new("An append with a stale tag is refused, not a mistake, whatever its revision", StaleTagAndRevision),
        new("Tags change with every write and never come again for a key", TagsAreUnique),
    ];

    private static async Task BecomesHead(AccountStoreRun run)
    {
        var first = await run.CreateAsync("head").ConfigureAwait(false);

        var second = await run.AppendAsync(first, change: static row => row with { Type = "aws-v4", ExpiresAt = DateTimeOffset.UnixEpoch }).ConfigureAwait(false);

        var head = await run.Store.GetAsync(first.Key, run.Token).ConfigureAwait(false);
        run.SameRow(second, head, "the head");
        run.Equal(second.ETag, head!.ETag, "the tag that the append returned");

        // A vault whose clock jumped ahead: gaps are allowed.
        var third = await run.AppendAsync(second, change: static row => ContractRows.Row(row.Key, long.MaxValue)).ConfigureAwait(false);
        run.SameRow(third, await run.Store.GetAsync(first.Key, run.Token).ConfigureAwait(false), "the head after a great leap");
    }

    private static async Task StaleTag(AccountStoreRun run)
    {
        var first = await run.CreateAsync("stale").ConfigureAwait(false);
        var second = await run.AppendAsync(first).ConfigureAwait(false);

        await RefusedAsync(run, ContractRows.Row(first.Key, second.Revision + 1), first.ETag, second, kept: 2).ConfigureAwait(false);
    }

    private static async Task UnknownTag(AccountStoreRun run)
    {
        var row = await run.CreateAsync("one").ConfigureAwait(false);

        foreach (var tag in (string[])[row.ETag + "x", " " + row.ETag, "", "'", "no tag", new string('9', 300)])
        {
            await RefusedAsync(run, ContractRows.Row(row.Key, row.Revision + 5), tag, row, kept: 1).ConfigureAwait(false);
        }
    }

    private static async Task HistoryTag(AccountStoreRun run)
    {
        var first = await run.CreateAsync("history").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);

        // Replaced, the older revision has the newest tag of all.
        first = await run.ReplaceAsync(first, ContractRows.Bytes(9, 100)).ConfigureAwait(false);

        await RefusedAsync(run, ContractRows.Row(head.Key, head.Revision + 1), first.ETag, head, kept: 2).ConfigureAwait(false);
    }

    private static async Task RevisionDoesNotGrow(AccountStoreRun run)
    {
        var first = await run.CreateAsync("grow").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);

        foreach (var revision in (long[])[head.Revision, first.Revision, first.Revision - 1, 1])
        {
            try
            {
                var tag = await run.Store.TryAppendAsync(ContractRows.Row(head.Key, revision), head.ETag, 5, run.Token).ConfigureAwait(false);
                throw run.Failure("an ArgumentException for the head's tag and a revision that is not greater", tag is null ? "a refusal" : "a new head");
            }
            catch (ArgumentException)
            {
                run.SameRow(head, await run.Store.GetAsync(head.Key, run.Token).ConfigureAwait(false), "the head after the mistake");
                run.Equal(2, (await run.HistoryAsync(head.Key).ConfigureAwait(false)).Length, "revisions kept after the mistake");
            }
        }
    }

    private static async Task StaleTagAndRevision(AccountStoreRun run)
    {
        var first = await run.CreateAsync("slow").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);

        await RefusedAsync(run, ContractRows.Row(head.Key, head.Revision), first.ETag, head, kept: 2).ConfigureAwait(false);
        await RefusedAsync(run, ContractRows.Row(head.Key, first.Revision), null, head, kept: 2).ConfigureAwait(false);
    }

    private static async Task TagsAreUnique(AccountStoreRun run)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 3; round++)
        {
            // The same bytes and revisions each round: a tag made from them would come again.
            var row = await run.CreateAsync("tags").ConfigureAwait(false);
            New(row);
            for (var i = 0; i < 5; i++)
            {
                row = await run.AppendAsync(row, keep: 2).ConfigureAwait(false);
                New(row);
                row = await run.ReplaceAsync(row, row.Payload.ToArray()).ConfigureAwait(false);
                New(row);
            }

            row = await run.DeleteAsync(row).ConfigureAwait(false);
            New(row);
            run.Holds(await run.Store.TryPurgeAsync(row.Key, row.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");
        }

        void New(StoredRecord row) => run.Holds(seen.Add(row.ETag!), "a tag that this key never had", "one that it had before");
    }

    private static async Task RefusedAsync(AccountStoreRun run, StoredRecord row, string? tag, StoredRecord head, int kept)
    {
        run.Equal(null, await run.Store.TryAppendAsync(row, tag, 5, run.Token).ConfigureAwait(false), "for an append with a tag that is not the head's");
        var read = await run.Store.GetAsync(head.Key, run.Token).ConfigureAwait(false);
        run.SameRow(head, read, "the head after the refusal");
        run.Equal(head.ETag, read!.ETag, "the head's tag after the refusal");
        run.Equal(kept, (await run.HistoryAsync(head.Key).ConfigureAwait(false)).Length, "revisions kept after the refusal");
    }
}
