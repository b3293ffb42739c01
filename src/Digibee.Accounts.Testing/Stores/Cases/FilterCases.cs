namespace Digibee.Accounts;

internal static class FilterCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A listing holds the rows of its kind alone", Kind),
        new("A name filter finds the name to the letter", Name),
        new("A prefix filter takes every character as itself", Prefix),
        new("A type filter looks at the head, not at older revisions", Type),
        new("An expiry filter is exclusive, to the millisecond, and leaves out rows without expiry", Expiry),
        new("Filters narrow each other, in a listing of history too", Together),
        new("Payloads are listed only when asked for", Payload),
    ];

    private static async Task Kind(AccountStoreRun run)
    {
        await run.CreateAsync(new RecordKey("account", "p", "a")).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("accounts", "p", "b")).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("Account", "p", "c")).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("token", "p", "a")).ConfigureAwait(false);

        run.Sequence(["a"], ContractRows.Names(await run.ListAsync(ContractRows.All("account")).ConfigureAwait(false)), "the rows of the kind");
        run.Equal(0, (await run.ListAsync(ContractRows.All("job")).ConfigureAwait(false)).Count, "rows of a kind that has none");
    }

    private static async Task Name(AccountStoreRun run)
    {
        foreach (var key in (RecordKey[])[new("account", "p", "ab"), new("account", "p", "abc"), new("account", "p", "a"), new("account", "p", "Ab"), new("account", "p", "a_"), new("account", "q", "ab")])
        {
            await run.CreateAsync(key).ConfigureAwait(false);
        }

        run.Sequence(["p:ab"], await FoundAsync(run, ContractRows.All() with { Partition = "p", Name = "ab" }).ConfigureAwait(false), "the name in one partition");
        run.Sequence(["p:ab", "q:ab"], await FoundAsync(run, ContractRows.All() with { Name = "ab" }).ConfigureAwait(false), "the name in all partitions");
        run.Sequence(["p:a_"], await FoundAsync(run, ContractRows.All() with { Name = "a_" }).ConfigureAwait(false), "a name with an underscore");
    }

    private static async Task Prefix(AccountStoreRun run)
    {
        string[] names = ["A_b", "a", "a%b", "a*b", "a?b", "a[b", "a[x]b", "a\\b", "a_", "a_b", "axb", "a~", "a~~b", "b_b"];
        foreach (var name in names)
        {
            await run.CreateAsync(name).ConfigureAwait(false);
        }

        foreach (var prefix in (string[])["", "a", "A", "a_", "a_b", "a_bc", "a%", "%", "_", "a*", "a?", "a[", "a[x]", "a\\", "a~", "a~~", "~", "b"])
        {
            var expected = names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
            run.Sequence(expected, ContractRows.Names(await run.ListAsync(ContractRows.All() with { Partition = ContractRows.Partition, NamePrefix = prefix }).ConfigureAwait(false)), $"names of one partition that begin with \"{prefix}\"");
            run.Sequence(expected, ContractRows.Names(await run.ListAsync(ContractRows.All() with { NamePrefix = prefix, Limit = 2 }).ConfigureAwait(false)), $"names that begin with \"{prefix}\", two a page");
        }
    }

    private static async Task Type(AccountStoreRun run)
    {
        var changed = await run.CreateAsync("changed", static row => row with { Type = "basic" }).ConfigureAwait(false);
        await run.AppendAsync(changed, change: static row => row with { Type = "ntlm" }).ConfigureAwait(false);
        await run.CreateAsync("stayed", static row => row with { Type = "basic" }).ConfigureAwait(false);
        await run.CreateAsync("upper", static row => row with { Type = "BASIC" }).ConfigureAwait(false);

        run.Sequence(["stayed"], ContractRows.Names(await run.ListAsync(ContractRows.All() with { Type = "basic" }).ConfigureAwait(false)), "heads of a type");
        run.Sequence(["changed"], ContractRows.Names(await run.ListAsync(ContractRows.All() with { Type = "ntlm" }).ConfigureAwait(false)), "heads of another type");
        run.Sequence(["changed", "stayed"], ContractRows.Names(await run.ListAsync(ContractRows.All() with { Type = "basic", IncludeHistory = true }).ConfigureAwait(false)), "revisions of a type");
    }

    private static async Task Expiry(AccountStoreRun run)
    {
        var time = new DateTimeOffset(2030, 1, 1, 12, 0, 0, 500, TimeSpan.Zero);
        await run.CreateAsync("a-before", row => row with { ExpiresAt = time.AddMilliseconds(-1) }).ConfigureAwait(false);
        await run.CreateAsync("b-equal", row => row with { ExpiresAt = time }).ConfigureAwait(false);
        await run.CreateAsync("c-after", row => row with { ExpiresAt = time.AddMilliseconds(1) }).ConfigureAwait(false);
        await run.CreateAsync("d-never").ConfigureAwait(false);
        await run.CreateAsync("e-zone", row => row with { ExpiresAt = time.AddHours(-1).ToOffset(TimeSpan.FromHours(9)) }).ConfigureAwait(false);
        await run.CreateAsync("f-past", static row => row with { ExpiresAt = new DateTimeOffset(1950, 1, 1, 0, 0, 0, TimeSpan.Zero) }).ConfigureAwait(false);

        await FoundBeforeAsync(time, ["a-before", "e-zone", "f-past"]).ConfigureAwait(false);
        await FoundBeforeAsync(time.ToOffset(TimeSpan.FromHours(-7)), ["a-before", "e-zone", "f-past"]).ConfigureAwait(false);
        await FoundBeforeAsync(time.AddMilliseconds(1), ["a-before", "b-equal", "e-zone", "f-past"]).ConfigureAwait(false);
        await FoundBeforeAsync(DateTimeOffset.MaxValue, ["a-before", "b-equal", "c-after", "e-zone", "f-past"]).ConfigureAwait(false);
        await FoundBeforeAsync(DateTimeOffset.MinValue, []).ConfigureAwait(false);

        async Task FoundBeforeAsync(DateTimeOffset before, string[] expected) =>
            run.Sequence(expected, ContractRows.Names(await run.ListAsync(ContractRows.All() with { ExpiresBefore = before }).ConfigureAwait(false)), $"what ends before {before:O}");
    }

    private static async Task Together(AccountStoreRun run)
    {
        var early = DateTimeOffset.UnixEpoch.AddYears(50);
        var late = DateTimeOffset.UnixEpoch.AddYears(70);
        var wanted = await run.CreateAsync(new RecordKey("account", "p", "ab"), row => row with { Type = "basic", ExpiresAt = early }).ConfigureAwait(false);
        await run.AppendAsync(wanted, change: row => row with { Type = "ntlm", ExpiresAt = early }).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("account", "p", "ac"), row => row with { Type = "ntlm", ExpiresAt = late }).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("account", "p", "bb"), row => row with { Type = "ntlm", ExpiresAt = early }).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("account", "q", "ab"), row => row with { Type = "ntlm", ExpiresAt = early }).ConfigureAwait(false);
        await run.CreateAsync(new RecordKey("token", "p", "ab"), row => row with { Type = "ntlm", ExpiresAt = early }).ConfigureAwait(false);

        var query = ContractRows.All() with { Partition = "p", NamePrefix = "a", Type = "ntlm", ExpiresBefore = late };
        run.Sequence(["p:ab"], await FoundAsync(run, query).ConfigureAwait(false), "heads that pass every filter");
        run.Sequence([], await FoundAsync(run, query with { Name = "ac" }).ConfigureAwait(false), "heads that pass every filter and have another name");
        run.Sequence([], await FoundAsync(run, query with { Name = "bb" }).ConfigureAwait(false), "heads of a name that does not begin with the prefix");
        var history = await run.ListAsync(query with { IncludeHistory = true }).ConfigureAwait(false);
        run.Sequence([$"{wanted.Revision + 1}"], history.Select(static row => $"{row.Revision}"), "revisions that pass every filter");
    }

    private static async Task Payload(AccountStoreRun run)
    {
        var first = await run.CreateAsync("payload", static row => row with { ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(60) }).ConfigureAwait(false);
        var head = await run.AppendAsync(first).ConfigureAwait(false);

        var bare = (await run.ListAsync(ContractRows.All()).ConfigureAwait(false)).SingleOrDefault();
        run.SameRow(head, bare, "a listing without payloads", withPayload: false);
        run.Equal(head.ETag, bare!.ETag, "the tag in a listing without payloads");
        run.SameRow(head, (await run.ListAsync(ContractRows.All() with { IncludePayload = true }).ConfigureAwait(false)).SingleOrDefault(), "a listing with payloads");
        var history = await run.ListAsync(ContractRows.All() with { IncludeHistory = true }).ConfigureAwait(false);
        run.Equal(2, history.Count, "rows of the history without payloads");
        run.SameRow(first, history[0], "the history without payloads", withPayload: false);
    }

    private static async Task<IEnumerable<string>> FoundAsync(AccountStoreRun run, RecordQuery query) =>
        (await run.ListAsync(query).ConfigureAwait(false)).Select(static row => $"{row.Key.Partition}:{row.Key.Name}");
}
