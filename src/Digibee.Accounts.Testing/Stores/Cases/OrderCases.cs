namespace Digibee.Accounts;

internal static class OrderCases
{
    // In the order of their bytes. A linguistic collation skips the hyphen and puts a before A.
    private static readonly string[] NamesInOrder =
    [
        "0a", "9", "A", "AB", "a", "a!", "a#B", "a#b", "a%b", "a-b", "a.b", "a0", "a00", "a1", "a10", "a2", "aB", "a_b", "aa", "aaa", "ab", "a~", "b",
    ];

    private static readonly string[] PartitionsInOrder = ["", "a", "a-b/c", "a.b/c", "a/a", "a/b", "a/b-c", "a/b.c", "a/bc", "a0/b", "a_b/c", "ab/c"];

    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("Names are listed in the order of their bytes", Names),
        new("Partitions are listed in the order of their bytes, and before names", Partitions),
        new("A key's history is listed in the order of its revisions", History),
    ];

    private static async Task Names(AccountStoreRun run)
    {
        foreach (var name in Shuffled(NamesInOrder))
        {
            await run.CreateAsync(name).ConfigureAwait(false);
        }

        run.Sequence(NamesInOrder, ContractRows.Names(await run.ListAsync(ContractRows.All()).ConfigureAwait(false)), "one page of names");
        run.Sequence(NamesInOrder, ContractRows.Names(await run.ListAsync(ContractRows.All() with { Limit = 1 }).ConfigureAwait(false)), "pages of one name");
        run.Sequence(NamesInOrder, ContractRows.Names(await run.ListAsync(ContractRows.All() with { Limit = 2, Partition = ContractRows.Partition }).ConfigureAwait(false)), "pages of two names of one partition");
    }

    private static async Task Partitions(AccountStoreRun run)
    {
        foreach (var partition in Shuffled(PartitionsInOrder))
        {
            await run.CreateAsync(new RecordKey(ContractRows.Kind, partition, "z")).ConfigureAwait(false);
            await run.CreateAsync(new RecordKey(ContractRows.Kind, partition, "b")).ConfigureAwait(false);
        }

        var expected = PartitionsInOrder.SelectMany(static partition => (string[])[$"{partition}:b", $"{partition}:z"]);
        foreach (var limit in (int[])[1_000, 3, 1])
        {
            var rows = await run.ListAsync(ContractRows.All() with { Limit = limit }).ConfigureAwait(false);
            run.Sequence(expected, rows.Select(static row => $"{row.Key.Partition}:{row.Key.Name}"), $"partitions and names, {limit} a page");
        }

        var one = await run.ListAsync(ContractRows.All() with { Partition = "a/b" }).ConfigureAwait(false);
        run.Sequence(["a/b:b", "a/b:z"], one.Select(static row => $"{row.Key.Partition}:{row.Key.Name}"), "the rows of one partition");
        var empty = await run.ListAsync(ContractRows.All() with { Partition = "" }).ConfigureAwait(false);
        run.Sequence([":b", ":z"], empty.Select(static row => $"{row.Key.Partition}:{row.Key.Name}"), "the rows of the empty partition");
    }

    private static async Task History(AccountStoreRun run)
    {
        var expected = new List<string>();
        foreach (var name in (string[])["a", "a-b", "ab"])
        {
            // 9 before 10, and numbers that need 64 bits.
            var head = await run.CreateAsync(ContractRows.Key(name), static row => ContractRows.Row(row.Key, 9)).ConfigureAwait(false);
            expected.Add($"{name}:9");
            foreach (var revision in (long[])[10, 5_000_000_000, long.MaxValue])
            {
                head = await run.AppendAsync(head, change: row => ContractRows.Row(row.Key, revision)).ConfigureAwait(false);
                expected.Add($"{name}:{revision}");
            }
        }

        foreach (var limit in (int[])[1_000, 3, 1])
        {
            var rows = await run.ListAsync(ContractRows.All() with { IncludeHistory = true, Limit = limit }).ConfigureAwait(false);
            run.Sequence(expected, rows.Select(static row => $"{row.Key.Name}:{row.Revision}"), $"names and revisions, {limit} a page");
        }
    }

    // The same order each time, and not that of insertion: 7 and the lengths have no common divisor.
    private static IEnumerable<string> Shuffled(string[] texts) => Enumerable.Range(0, texts.Length).Select(i => texts[(i * 7) % texts.Length]);
}
