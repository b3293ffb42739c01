namespace Digibee.Accounts;

internal static class CreateCases
{
    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("A key that was never written reads as nothing", UnknownKey),
        new("A created row comes back as it was written", ComesBack),
        new("A row without expiry and without metadata comes back without them", ComesBackEmpty),
        new("A time of expiry comes back to the millisecond", Expiry),
        new("Bytes of every value come back, up to the greatest lengths", Bytes),
        new("Key parts of the greatest lengths are kept", LongestKey),
        new("A row stays as it was when the caller's buffers change after the write", BuffersChange),
        new("Of two creations of one key, the first stands", Twice),
        new("A tag for a key that has no row is refused", TagWithoutRow),
        new("Equal names of other kinds and partitions do not meet", DoNotMeet),
        new("A write is read at once through another connection", OtherConnection),
    ];

    private static async Task UnknownKey(AccountStoreRun run)
    {
        await run.CreateAsync("known").ConfigureAwait(false);

        run.Holds(await run.Store.GetAsync(ContractRows.Key("unknown"), run.Token).ConfigureAwait(false) is null, "nothing", "a row");
        run.Equal(0, (await run.HistoryAsync(ContractRows.Key("unknown")).ConfigureAwait(false)).Length, "rows listed of the unknown key");
    }

    private static async Task ComesBack(AccountStoreRun run)
    {
        var written = await run.CreateAsync("crm", static row => row with { Type = "oauth-bearer", ExpiresAt = new DateTimeOffset(2031, 5, 6, 7, 8, 9, 123, TimeSpan.Zero), ETag = "ignored" }).ConfigureAwait(false);

        var read = await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false);
        run.SameRow(written, read, "GetAsync");
        run.Equal(written.ETag, read!.ETag, "the tag that the write returned");
        var listed = await run.HistoryAsync(written.Key).ConfigureAwait(false);
        run.Equal(1, listed.Length, "rows of the key in a listing");
        run.SameRow(written, listed[0], "ListAsync");
        run.Equal(written.ETag, listed[0].ETag, "the tag that the write returned");
    }

    private static async Task ComesBackEmpty(AccountStoreRun run)
    {
        var written = await run.CreateAsync("empty", static row => row with { Type = "", Metadata = default, Payload = default, ExpiresAt = null }).ConfigureAwait(false);

        run.SameRow(written, await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false), "GetAsync");
    }

    private static async Task Expiry(AccountStoreRun run)
    {
        DateTimeOffset[] times =
        [
            new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
            new(2026, 2, 28, 23, 59, 59, 999, TimeSpan.FromHours(-3)),
            new(2026, 3, 1, 0, 0, 0, 1, TimeSpan.FromHours(14)),
            new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
        ];

        for (var i = 0; i < times.Length; i++)
        {
            var time = times[i];
            var written = await run.CreateAsync($"expires-{i}", row => row with { ExpiresAt = time }).ConfigureAwait(false);
            run.SameRow(written, await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false), "GetAsync");
        }
    }

    private static async Task Bytes(AccountStoreRun run)
    {
        foreach (var (metadata, payload) in ((int, int)[])[(0, 1), (256, 256), (16_384, 65_536), (16_384, 1_048_664)])
        {
            var written = await run.CreateAsync($"bytes-{metadata}-{payload}", row => row with
            {
                Metadata = ContractRows.Bytes(1, metadata),
                Payload = ContractRows.Bytes(2, payload),
            }).ConfigureAwait(false);

            run.SameRow(written, await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false), "GetAsync");
            run.SameRow(written, (await run.HistoryAsync(written.Key).ConfigureAwait(false)).SingleOrDefault(), "ListAsync");
        }
    }

    private static async Task LongestKey(AccountStoreRun run)
    {
        var key = new RecordKey(new string('k', 32), new string('p', 129), new string('n', 255));
        var neighbor = key with { Name = new string('n', 254) + "o" };
        var written = await run.CreateAsync(key).ConfigureAwait(false);
        var other = await run.CreateAsync(neighbor, static row => row with { Type = new string('t', 64) }).ConfigureAwait(false);

        run.SameRow(written, await run.Store.GetAsync(key, run.Token).ConfigureAwait(false), "the first key");
        run.SameRow(other, await run.Store.GetAsync(neighbor, run.Token).ConfigureAwait(false), "a key that differs in the last character");
    }

    private static async Task BuffersChange(AccountStoreRun run)
    {
        var metadata = ContractRows.Bytes(1, 40);
        var payload = ContractRows.Bytes(2, 200);
        var written = await run.CreateAsync("buffers", row => row with { Metadata = metadata.AsMemory(), Payload = payload.AsMemory() }).ConfigureAwait(false);
        var expected = written with { Metadata = metadata.ToArray(), Payload = payload.ToArray() };
        Array.Clear(metadata);
        Array.Clear(payload);
        run.SameRow(expected, await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false), "after an append");

        payload = ContractRows.Bytes(3, 300);
        await run.ReplaceAsync(written, payload).ConfigureAwait(false);
        expected = expected with { Payload = payload.ToArray() };
        Array.Clear(payload);
        run.SameRow(expected, await run.Store.GetAsync(written.Key, run.Token).ConfigureAwait(false), "after a replacement");
    }

    private static async Task Twice(AccountStoreRun run)
    {
        var first = await run.CreateAsync("twice").ConfigureAwait(false);

        var tag = await run.Store.TryAppendAsync(ContractRows.Row(first.Key, first.Revision + 1), null, 5, run.Token).ConfigureAwait(false);

        run.Equal(null, tag, "for the second creation");
        run.SameRow(first, await run.Store.GetAsync(first.Key, run.Token).ConfigureAwait(false), "the row after both");
        run.Equal(1, (await run.HistoryAsync(first.Key).ConfigureAwait(false)).Length, "revisions kept");
    }

    private static async Task TagWithoutRow(AccountStoreRun run)
    {
        var other = await run.CreateAsync("other").ConfigureAwait(false);
        var key = ContractRows.Key("missing");

        run.Equal(null, await run.Store.TryAppendAsync(ContractRows.Row(key, AccountStoreRun.FirstRevision), other.ETag, 5, run.Token).ConfigureAwait(false), "for an append to a key without a row");
        run.Holds(await run.Store.GetAsync(key, run.Token).ConfigureAwait(false) is null, "no row after the refusal", "one");
    }

    private static async Task DoNotMeet(AccountStoreRun run)
    {
        // Joined without care, several of these are one.
        RecordKey[] keys =
        [
            new("account", "a/b", "c"), new("token", "a/b", "c"), new("account", "a", "b/c"), new("account", "", "a/b/c"), new("account", "a/b/c", "c"),
            new("account", "a/bc", "c"), new("account", "a/b", "cc"), new("accounta", "/b", "c"), new("account", "a/b", "C"), new("account", "A/b", "c"), new("Account", "a/b", "c"),
        ];
        var written = new List<StoredRecord>();
        foreach (var key in keys)
        {
            written.Add(await run.CreateAsync(key, row => row with { Payload = ContractRows.Bytes(written.Count, 50) }).ConfigureAwait(false));
        }

        run.Holds(await run.Store.TryPurgeAsync(keys[0], written[0].ETag!, run.Token).ConfigureAwait(false), "the first row to be purged", "a refusal");
        foreach (var row in written.Skip(1))
        {
            run.SameRow(row, await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false), $"{row.Key} after its neighbours were written and one was purged");
        }
    }

    private static async Task OtherConnection(AccountStoreRun run)
    {
        var second = await run.ConnectAsync().ConfigureAwait(false);
        var row = await run.CreateAsync("shared").ConfigureAwait(false);
        for (var i = 0; i < 20; i++)
        {
            run.SameRow(row, await second.GetAsync(row.Key, run.Token).ConfigureAwait(false), "the other connection");
            row = await run.AppendAsync(row).ConfigureAwait(false);
        }

        run.Equal(null, await second.TryAppendAsync(ContractRows.Row(row.Key, row.Revision + 1), null, 5, run.Token).ConfigureAwait(false), "for a creation through the other connection");
        run.Holds(await second.TryPurgeAsync(row.Key, row.ETag!, run.Token).ConfigureAwait(false), "a purge through the other connection with the tag of the first", "a refusal");
        run.Holds(await run.Store.GetAsync(row.Key, run.Token).ConfigureAwait(false) is null, "no row after the other connection purged it", "one");
    }
}
