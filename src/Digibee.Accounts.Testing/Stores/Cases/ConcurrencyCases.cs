namespace Digibee.Accounts;

internal static class ConcurrencyCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("Of sixteen creations at once, one is taken", Creations),
        new("Of eight times a hundred increments at once, over two connections, none is lost", Increments),
        new("Of an append and a purge at once, one is taken", AppendOrPurge),
        new("Of an append and a replacement at once, the replacement is not lost", AppendOrReplace),
        new("A reader sees whole rows, and each key once, while they are written", Readers),
        new("A cancelled write leaves a whole row or none", Cancelled),
    ];

    private static async Task Creations(AccountStoreRun run)
    {
        var second = await run.ConnectAsync().ConfigureAwait(false);
        for (var round = 0; round < 10; round++)
        {
            var key = ContractRows.Key($"race-{round}");
            var tags = await AtOnceAsync(16, i =>
                (i % 2 == 0 ? run.Store : second).TryAppendAsync(ContractRows.Row(key, AccountStoreRun.FirstRevision + i), null, 5, run.Token)).ConfigureAwait(false);

            run.Equal(1, tags.Count(static tag => tag is not null), "creations taken");
            var row = await run.Store.GetAsync(key, run.Token).ConfigureAwait(false);
            run.Whole(row!);
            run.Equal(tags.Single(static tag => tag is not null), row!.ETag, "the tag of the creation that was taken");
            run.Equal(Array.FindIndex(tags, static tag => tag is not null), row.Revision - AccountStoreRun.FirstRevision, "the writer whose row stands");
            run.Equal(1, (await run.HistoryAsync(key).ConfigureAwait(false)).Length, "revisions kept");
        }
    }

    private static async Task Increments(AccountStoreRun run)
    {
        const int Writers = 8;
        const int Each = 100;
        var second = await run.ConnectAsync().ConfigureAwait(false);
        var created = await run.CreateAsync("counter", static row => row with { Payload = new byte[4] }).ConfigureAwait(false);

        await AtOnceAsync(Writers, async writer =>
        {
            var store = writer % 2 == 0 ? run.Store : second;
            for (var done = 0; done < Each;)
            {
                var head = (await store.GetAsync(created.Key, run.Token).ConfigureAwait(false))!;
                var next = ContractRows.Row(head.Key, head.Revision + 1) with { Payload = BitConverter.GetBytes(BitConverter.ToInt32(head.Payload.Span) + 1) };
                done += await store.TryAppendAsync(next, head.ETag, 2, run.Token).ConfigureAwait(false) is null ? 0 : 1;
            }

            return true;
        }).ConfigureAwait(false);

        var end = await run.Store.GetAsync(created.Key, run.Token).ConfigureAwait(false);
        run.Equal(Writers * Each, BitConverter.ToInt32(end!.Payload.Span), "increments counted");
        run.Equal(created.Revision + (Writers * Each), end.Revision, "the last revision");
        run.Equal(2, (await run.HistoryAsync(created.Key).ConfigureAwait(false)).Length, "revisions kept");
    }

    private static async Task AppendOrPurge(AccountStoreRun run)
    {
        for (var round = 0; round < 50; round++)
        {
            var row = await run.CreateAsync($"race-{round}").ConfigureAwait(false);
            var taken = await AtOnceAsync(2, async writer => writer == 0
                ? await run.Store.TryAppendAsync(ContractRows.Row(row.Key, row.Revision + 1), row.ETag, 5, run.Token).ConfigureAwait(false) is not null
                : await run.Store.TryPurgeAsync(row.Key, row.ETag!, run.Token).ConfigureAwait(false)).ConfigureAwait(false);

            run.Holds(taken[0] != taken[1], "one of append and purge to be taken", taken[0] ? "both" : "neither");
            run.Equal(taken[0] ? 2 : 0, (await run.HistoryAsync(row.Key).ConfigureAwait(false)).Length, "revisions after the race");
        }
    }

    private static async Task AppendOrReplace(AccountStoreRun run)
    {
        for (var round = 0; round < 50; round++)
        {
            // After the append the row is an older revision with the tag it had; before it, the append's tag is stale.
            var row = await run.CreateAsync($"race-{round}").ConfigureAwait(false);
            var payload = ContractRows.Bytes(round, 64);
            var tags = await AtOnceAsync(2, writer => writer == 0
                ? run.Store.TryAppendAsync(ContractRows.Row(row.Key, row.Revision + 1), row.ETag, 5, run.Token)
                : run.Store.TryReplaceAsync(row with { Payload = payload }, row.ETag!, run.Token)).ConfigureAwait(false);

            run.Holds(tags[1] is not null, "the replacement to be taken, because an append does not change its row's tag", "a refusal");
            var kept = await run.HistoryAsync(row.Key).ConfigureAwait(false);
            run.Equal(tags[0] is null ? 1 : 2, kept.Length, "revisions after the race");
            run.SameRow(row with { Payload = payload }, kept[0], "the replaced revision");
        }
    }

    private static async Task Readers(AccountStoreRun run)
    {
        const int Reads = 100;
        var head = await run.CreateAsync("whole").ConfigureAwait(false);
        var reading = AtOnceAsync(4, async reader =>
        {
            var last = 0L;
            for (var i = 0; i < Reads; i++)
            {
                var rows = reader % 2 != 0
                    ? await run.ListAsync(ContractRows.All() with { Name = "whole", IncludePayload = true }).ConfigureAwait(false)
                    : await run.Store.GetAsync(head.Key, run.Token).ConfigureAwait(false) is { } read ? [read] : [];
                run.Equal(1, rows.Count, "rows of a key that stands all the time");
                var row = rows[0];
                run.Whole(row);
                run.Holds(row.Revision >= last, "revisions that do not go back", $"{row.Revision} after {last}");
                last = row.Revision;
            }

            return true;
        });

        // As long as anybody reads, so that they meet whatever the store's speed is.
        while (!reading.IsCompleted)
        {
            head = await run.AppendAsync(head, keep: 3).ConfigureAwait(false);
        }

        await reading.ConfigureAwait(false);
    }

    private static async Task Cancelled(AccountStoreRun run)
    {
        for (var round = 0; round < 20; round++)
        {
            var first = await run.CreateAsync($"cancelled-{round}").ConfigureAwait(false);
            var next = ContractRows.Row(first.Key, first.Revision + 1) with { Metadata = ContractRows.Bytes(round, 16_384), Payload = ContractRows.Bytes(round, 1_048_664) };
            using var cancel = new CancellationTokenSource();
            if (round < 3)
            {
                await cancel.CancelAsync().ConfigureAwait(false);
            }
            else
            {
                cancel.CancelAfter(TimeSpan.FromMilliseconds(round - 3));
            }

            string? tag = null;
            try
            {
                tag = await run.Store.TryAppendAsync(next, first.ETag, 5, cancel.Token).ConfigureAwait(false);
                run.Holds(tag is not null, "a cancelled write to be made or to throw OperationCanceledException", "a refusal");
            }
            catch (OperationCanceledException) when (!run.Token.IsCancellationRequested)
            {
                // It may have been made, or be made in a moment.
            }

            var read = await run.Store.GetAsync(first.Key, run.Token).ConfigureAwait(false);
            run.SameRow(read?.Revision == next.Revision ? next : first, read, "the head after a cancelled write");
            run.Holds(tag is null || tag == read!.ETag, "a write that returned a tag to stand", "another head");
            foreach (var row in await run.HistoryAsync(first.Key).ConfigureAwait(false))
            {
                run.SameRow(row.Revision == next.Revision ? next : first, row, "a revision after a cancelled write");
            }
        }
    }

    private static async Task<T[]> AtOnceAsync<T>(int count, Func<int, ValueTask<T>> act)
    {
        // All stand at the line before one starts.
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runners = new Task<T>[count];
        for (var i = 0; i < count; i++)
        {
            var runner = i;
            runners[i] = Task.Run(async () =>
            {
                await start.Task.ConfigureAwait(false);
                return await act(runner).ConfigureAwait(false);
            });
        }

        start.SetResult();
        return await Task.WhenAll(runners).ConfigureAwait(false);
    }
}
