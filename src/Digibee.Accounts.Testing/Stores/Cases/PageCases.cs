using System.Globalization;

namespace Digibee.Accounts;

internal static class PageCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A listing of nothing ends", Nothing),
        new("A page holds at most as many rows as its limit, and 100 without one", Limits),
        new("Pages of 1,000 rows and of 7 go through 2,500 rows", Large),
        new("A page begins behind its position, whether a row stands there or not", Positions),
        new("Rows that stand all the time are listed once while others come and go", ComeAndGo),
        new("A key whose head changes between pages is listed once", HeadChanges),
    ];

    private static async Task Nothing(AccountStoreRun run)
    {
        run.Equal(0, (await run.ListAsync(ContractRows.All()).ConfigureAwait(false)).Count, "rows of an empty store");
        await run.CreateAsync("only").ConfigureAwait(false);
        run.Equal(0, (await run.ListAsync(ContractRows.All() with { NamePrefix = "z" }).ConfigureAwait(false)).Count, "rows that no filter passes");
    }

    private static async Task Limits(AccountStoreRun run)
    {
        await CreateManyAsync(run, 205).ConfigureAwait(false);

        foreach (var query in (RecordQuery[])[new() { Kind = ContractRows.Kind }, ContractRows.All() with { Limit = 1 }, ContractRows.All() with { Limit = 204 }, ContractRows.All() with { Limit = 205 }, ContractRows.All()])
        {
            // The reader checks each page against the limit of its query.
            var rows = await run.ListAsync(query).ConfigureAwait(false);
            run.Equal(205, rows.Count, $"rows in pages of {query.Limit}");
        }
    }

    private static async Task Large(AccountStoreRun run)
    {
        const int Count = 2_500;
        await CreateManyAsync(run, Count).ConfigureAwait(false);

        foreach (var limit in (int[])[1_000, 7])
        {
            var rows = await run.ListAsync(ContractRows.All() with { Limit = limit }).ConfigureAwait(false);
            run.Equal(Count, rows.Count, $"rows in pages of {limit}");
            for (var i = 0; i < Count; i++)
            {
                run.Equal(Name(i), rows[i].Key.Name, $"row {i} in pages of {limit}");
            }
        }
    }

    private static async Task Positions(AccountStoreRun run)
    {
        var a = await run.CreateAsync("a").ConfigureAwait(false);
        a = await run.AppendAsync(await run.AppendAsync(a).ConfigureAwait(false), keep: 2).ConfigureAwait(false);
        await run.CreateAsync("c").ConfigureAwait(false);
        await run.CreateAsync(new RecordKey(ContractRows.Kind, "contract/zone", "a")).ConfigureAwait(false);

        var heads = ContractRows.All();
        await ListsAsync(heads with { After = new("", "", 0) }, "a c a").ConfigureAwait(false);
        await ListsAsync(heads with { After = new(ContractRows.Partition, "a", a.Revision) }, "c a").ConfigureAwait(false);
        await ListsAsync(heads with { After = new(ContractRows.Partition, "b", 5) }, "c a").ConfigureAwait(false);
        await ListsAsync(heads with { After = new(ContractRows.Partition, "c", long.MaxValue) }, "a").ConfigureAwait(false);
        await ListsAsync(heads with { After = new("contract/tesu", "", 0) }, "a").ConfigureAwait(false);
        await ListsAsync(heads with { After = new("d", "", 0) }, "").ConfigureAwait(false);
        await ListsAsync(heads with { After = new(ContractRows.Partition, "b", 5), Partition = ContractRows.Partition }, "c").ConfigureAwait(false);

        // Three revisions were written, the first has gone: from its place on there are two, from the second's one.
        var history = heads with { IncludeHistory = true, Name = "a", Partition = ContractRows.Partition };
        await ListsAsync(history with { After = new(ContractRows.Partition, "a", a.Revision - 2) }, "a a").ConfigureAwait(false);
        await ListsAsync(history with { After = new(ContractRows.Partition, "a", a.Revision - 1) }, "a").ConfigureAwait(false);
        await ListsAsync(history with { After = new(ContractRows.Partition, "a", a.Revision) }, "").ConfigureAwait(false);

        async Task ListsAsync(RecordQuery query, string expected) =>
            run.Equal(expected, string.Join(' ', ContractRows.Names(await run.ListAsync(query).ConfigureAwait(false))), $"names behind {query.After}");
    }

    private static async Task ComeAndGo(AccountStoreRun run)
    {
        // Even rows stand; odd ones come and go around the position while pages are read.
        const int Standing = 60;
        var visitors = new Dictionary<int, StoredRecord>();
        for (var i = 0; i < Standing; i++)
        {
            await run.CreateAsync(Name(2 * i)).ConfigureAwait(false);
            if (i % 3 == 0)
            {
                visitors[(2 * i) + 1] = await run.CreateAsync(Name((2 * i) + 1)).ConfigureAwait(false);
            }
        }

        var pages = 0;
        var rows = await run.ListAsync(ContractRows.All() with { Limit = 7 }, async page =>
        {
            pages++;
            var at = page.Records.Count > 0 ? int.Parse(page.Records[^1].Key.Name, CultureInfo.InvariantCulture) : 0;
            foreach (var near in (int[])[at - 5, at - 3, at - 1, at, at + 1, at + 3, at + 5])
            {
                var odd = near | 1;
                if (visitors.Remove(odd, out var visitor))
                {
                    run.Holds(await run.Store.TryPurgeAsync(visitor.Key, visitor.ETag!, run.Token).ConfigureAwait(false), "a purge with the head's tag to be taken", "a refusal");
                }
                else if (odd is > 0 and < 2 * Standing)
                {
                    visitors[odd] = await run.CreateAsync(Name(odd)).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);

        run.Holds(pages > 7, "more than seven pages", $"{pages}");
        var standing = ContractRows.Names(rows).Where(static name => int.Parse(name, CultureInfo.InvariantCulture) % 2 == 0);
        run.Sequence(Enumerable.Range(0, Standing).Select(static i => Name(2 * i)), standing, "the rows that stood all the time");
    }

    private static async Task HeadChanges(AccountStoreRun run)
    {
        var heads = new List<StoredRecord>();
        for (var i = 0; i < 20; i++)
        {
            heads.Add(await run.CreateAsync(Name(i)).ConfigureAwait(false));
        }

        var rows = await run.ListAsync(ContractRows.All() with { Limit = 3 }, async _ =>
        {
            for (var i = 0; i < heads.Count; i++)
            {
                heads[i] = await run.AppendAsync(heads[i], keep: 2).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);

        run.Sequence(Enumerable.Range(0, 20).Select(Name), ContractRows.Names(rows), "the keys listed");
    }

    private static async Task CreateManyAsync(AccountStoreRun run, int count)
    {
        // Backwards, so that insertion order is not the order of the listing.
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = run.Token }, async (i, _) =>
            await run.CreateAsync(Name(count - 1 - i)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string Name(int number) => number.ToString("D5", CultureInfo.InvariantCulture);
}
