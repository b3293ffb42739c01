using System.Globalization;

namespace Digibee.Accounts;

internal static class FeedCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A watcher's first item has no key, and comes without any change", FirstItem),
        new("A watcher is told of appends, deletions and purges", Told),
        new("A watcher is told of what another connection writes", OtherConnection),
        new("A watcher is not told of replacements", Silent),
        new("A watcher is not told of what was refused", Refused),
        new("A watcher is told of one key's changes in their order", Order),
        new("Every watcher is told, and a feed can be followed twice", Twice),
        new("A watcher that reads late knows of every change", Late),
        new("A cancelled watcher ends", Cancelled),
    ];

    private static async Task FirstItem(AccountStoreRun run)
    {
        await using var empty = (await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
        await run.CreateAsync("row").ConfigureAwait(false);
        await using var later = (await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static async Task Told(AccountStoreRun run)
    {
        var reader = await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var row = await run.CreateAsync("told").ConfigureAwait(false);
            await reader.UntilToldOfAsync(row, "a creation").ConfigureAwait(false);
            row = await run.AppendAsync(row).ConfigureAwait(false);
            await reader.UntilToldOfAsync(row, "an append").ConfigureAwait(false);
            row = await run.DeleteAsync(row).ConfigureAwait(false);
            await reader.UntilToldOfAsync(row, "a deletion").ConfigureAwait(false);
            run.Holds(await run.Store.TryPurgeAsync(row.Key, row.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");
            await reader.UntilToldOfAsync(row, "a purge").ConfigureAwait(false);
            var token = await run.CreateAsync(new RecordKey("token", "other/test", "told")).ConfigureAwait(false);
            await reader.UntilToldOfAsync(token, "a creation of another kind, in another partition").ConfigureAwait(false);
        }
    }

    private static async Task OtherConnection(AccountStoreRun run)
    {
        var second = await run.ConnectAsync().ConfigureAwait(false);
        var reader = await FeedReader.StartAsync(run, second, run.Token).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var row = await run.CreateAsync("far").ConfigureAwait(false);
            await reader.UntilToldOfAsync(row, "a creation through another connection").ConfigureAwait(false);
            for (var i = 0; i < 5; i++)
            {
                row = await run.AppendAsync(row).ConfigureAwait(false);
                await reader.UntilToldOfAsync(row, "an append through another connection").ConfigureAwait(false);
            }

            run.Holds(await run.Store.TryPurgeAsync(row.Key, row.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");
            await reader.UntilToldOfAsync(row, "a purge through another connection").ConfigureAwait(false);
        }
    }

    private static async Task Silent(AccountStoreRun run)
    {
        var first = await run.CreateAsync("silent").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);
        await NotToldAsync(run, head.Key, "replacements", async () =>
        {
            await run.ReplaceAsync(head, ContractRows.Bytes(1, 10)).ConfigureAwait(false);
            await run.ReplaceAsync(first, ContractRows.Bytes(1, 10)).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private static async Task Refused(AccountStoreRun run)
    {
        var first = await run.CreateAsync("refused").ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);
        await NotToldAsync(run, head.Key, "refusals", async () =>
        {
            run.Equal(null, await run.Store.TryAppendAsync(ContractRows.Row(head.Key, head.Revision + 1), first.ETag, 5, run.Token).ConfigureAwait(false), "for an append with a stale tag");
            run.Equal(false, await run.Store.TryPurgeAsync(head.Key, first.ETag!, run.Token).ConfigureAwait(false), "for a purge with a stale tag");
        }).ConfigureAwait(false);
    }

    private static async Task Order(AccountStoreRun run)
    {
        var reader = await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            // Two keys at once, each in order; the reader checks every item.
            var ends = await Task.WhenAll(WriteAsync("a"), WriteAsync("b")).ConfigureAwait(false);
            foreach (var end in ends)
            {
                var last = await run.CreateAsync($"{end.Key.Name}-end").ConfigureAwait(false);
                await reader.UntilToldOfAsync(last, "the last change").ConfigureAwait(false);
            }
        }

        async Task<StoredRecord> WriteAsync(string name)
        {
            var row = await run.CreateAsync(name).ConfigureAwait(false);
            for (var i = 0; i < 100; i++)
            {
                row = await run.AppendAsync(row, keep: 1).ConfigureAwait(false);
            }

            return row;
        }
    }

    private static async Task Twice(AccountStoreRun run)
    {
        var feed = run.Store.WatchAsync(run.Token);
        var first = await FeedReader.StartAsync(run, feed).ConfigureAwait(false);
        await using (first.ConfigureAwait(false))
        {
            var before = await run.CreateAsync("before").ConfigureAwait(false);
            await first.UntilToldOfAsync(before, "a creation, with one watcher").ConfigureAwait(false);
            var second = await FeedReader.StartAsync(run, feed).ConfigureAwait(false);
            var other = await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false);
            await using (other.ConfigureAwait(false))
            {
                await using (second.ConfigureAwait(false))
                {
                    var during = await run.CreateAsync("during").ConfigureAwait(false);
                    await first.UntilToldOfAsync(during, "a creation, as the first of three watchers").ConfigureAwait(false);
                    await second.UntilToldOfAsync(during, "a creation, as the second enumeration of one feed").ConfigureAwait(false);
                    await other.UntilToldOfAsync(during, "a creation, as the third of three watchers").ConfigureAwait(false);
                }

                var after = await run.CreateAsync("after").ConfigureAwait(false);
                await first.UntilToldOfAsync(after, "a creation, after another watcher ended").ConfigureAwait(false);
                await other.UntilToldOfAsync(after, "a creation, after another watcher ended").ConfigureAwait(false);
            }
        }
    }

    private static async Task Late(AccountStoreRun run)
    {
        const int Count = 2_000;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var feed = run.Store.WatchAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await using (feed.ConfigureAwait(false))
        {
            run.Holds(await feed.MoveNextAsync().ConfigureAwait(false) && feed.Current.Key is null, "a first item without a key", "another, or none");
            await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = run.Token }, async (i, _) =>
                await run.CreateAsync(i.ToString("D5", CultureInfo.InvariantCulture)).ConfigureAwait(false)).ConfigureAwait(false);

            // Told by key, or that anything may have changed: either will do.
            var told = new HashSet<RecordKey>();
            stop.CancelAfter(run.FeedDelay + run.FeedDelay);
            try
            {
                while (told.Count < Count && await feed.MoveNextAsync().ConfigureAwait(false) && feed.Current.Key is { } key)
                {
                    told.Add(key);
                }
            }
            catch (OperationCanceledException) when (!run.Token.IsCancellationRequested)
            {
                throw run.Failure($"{Count} changed keys, or an item without a key, for a watcher that reads late", $"{told.Count} keys");
            }

            run.Holds(told.Count == Count || feed.Current.Key is null, $"{Count} changed keys, or an item without a key, for a watcher that reads late", $"{told.Count} keys and the end of the feed");
        }
    }

    private static async Task Cancelled(AccountStoreRun run)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Token);
        var feed = run.Store.WatchAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        run.Holds(await feed.MoveNextAsync().ConfigureAwait(false), "a first item", "the end of the feed");
        var waiting = feed.MoveNextAsync().AsTask();

        await stop.CancelAsync().ConfigureAwait(false);

        try
        {
            // An item that was under way may still come.
            while (await waiting.WaitAsync(run.FeedDelay, CancellationToken.None).ConfigureAwait(false))
            {
                waiting = feed.MoveNextAsync().AsTask();
            }

            throw run.Failure("an OperationCanceledException from a cancelled watcher", "the end of the feed");
        }
        catch (OperationCanceledException)
        {
            await feed.DisposeAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw run.Failure($"a cancelled watcher to end within {run.FeedDelay}", "nothing");
        }
    }

    // What comes between here and a later change to another key is looked at. An item without a key is allowed: it says nothing of this one.
    private static async Task NotToldAsync(AccountStoreRun run, RecordKey key, string what, Func<Task> act)
    {
        var reader = await FeedReader.StartAsync(run, run.Store, run.Token).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            // A feed may repeat what happened before it began; this item ends that.
            await reader.UntilToldOfAsync(await run.CreateAsync("begin").ConfigureAwait(false), "a creation").ConfigureAwait(false);
            await act().ConfigureAwait(false);
            var came = await reader.UntilToldOfAsync(await run.CreateAsync("end").ConfigureAwait(false), $"a creation after {what}").ConfigureAwait(false);
            run.Holds(came.TrueForAll(item => item.Key != key), $"no item about a key that only saw {what}", "one");
        }
    }
}
