namespace Digibee.Accounts;

internal static class ArgumentCases
{
    private static readonly RecordKey Good = ContractRows.Key("good");

    public static IReadOnlyList<AccountStoreCase> All { get; } =
    [
        new("Key parts outside their lengths are the caller's mistake", Keys),
        new("Bytes beyond the greatest lengths are the caller's mistake", Bytes),
        new("A deleted revision with a payload is the caller's mistake", DeletedPayload),
        new("A keep outside 1 to 100 is the caller's mistake", Keep),
        new("A limit outside 1 to 1,000 is the caller's mistake", Limit),
    ];

    private static async Task Keys(AccountStoreRun run)
    {
        RecordKey[] wrong =
        [
            Good with { Kind = "" }, Good with { Kind = new string('k', 33) }, Good with { Partition = new string('p', 130) }, Good with { Name = "" }, Good with { Name = new string('n', 256) },
        ];
        foreach (var key in wrong)
        {
            var what = $"a key of {key.Kind.Length}, {key.Partition.Length} and {key.Name.Length} characters";
            await MistakeAsync(run, $"{what} in GetAsync", async () => await run.Store.GetAsync(key, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
            await MistakeAsync(run, $"{what} in TryAppendAsync", async () => await AppendAsync(run, ContractRows.Row(key, AccountStoreRun.FirstRevision)).ConfigureAwait(false)).ConfigureAwait(false);
            await MistakeAsync(run, $"{what} in TryPurgeAsync", async () => await run.Store.TryPurgeAsync(key, "tag", run.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async Task Bytes(AccountStoreRun run)
    {
        var row = ContractRows.Row(Good, AccountStoreRun.FirstRevision);
        await MistakeAsync(run, "metadata of 16,385 bytes", async () => await AppendAsync(run, row with { Metadata = new byte[16_385] }).ConfigureAwait(false)).ConfigureAwait(false);
        await MistakeAsync(run, "a payload of 1,048,665 bytes", async () => await AppendAsync(run, row with { Payload = new byte[1_048_665] }).ConfigureAwait(false)).ConfigureAwait(false);
        run.Holds(await run.Store.GetAsync(Good, run.Token).ConfigureAwait(false) is null, "no row after the mistakes", "one");

        var written = await run.CreateAsync(Good).ConfigureAwait(false);
        await MistakeAsync(run, "a replacement of 1,048,665 bytes", async () =>
            await run.Store.TryReplaceAsync(written with { Payload = new byte[1_048_665] }, written.ETag!, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
        run.SameRow(written, await run.Store.GetAsync(Good, run.Token).ConfigureAwait(false), "the row after the mistakes");
    }

    private static async Task DeletedPayload(AccountStoreRun run)
    {
        await MistakeAsync(run, "a deleted revision with a payload", async () =>
            await AppendAsync(run, ContractRows.Row(Good, AccountStoreRun.FirstRevision) with { IsDeleted = true }).ConfigureAwait(false)).ConfigureAwait(false);
        run.Holds(await run.Store.GetAsync(Good, run.Token).ConfigureAwait(false) is null, "no row after the mistake", "one");
    }

    private static async Task Keep(AccountStoreRun run)
    {
        foreach (var keep in (int[])[0, -1, 101, int.MaxValue])
        {
            await MistakeAsync(run, $"keep {keep}", async () =>
                await run.Store.TryAppendAsync(ContractRows.Row(Good, AccountStoreRun.FirstRevision), null, keep, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }

        run.Holds(await run.Store.GetAsync(Good, run.Token).ConfigureAwait(false) is null, "no row after the mistakes", "one");
    }

    private static async Task Limit(AccountStoreRun run)
    {
        foreach (var limit in (int[])[0, -1, 1_001, int.MaxValue])
        {
            await MistakeAsync(run, $"limit {limit}", async () => await run.Store.ListAsync(ContractRows.All() with { Limit = limit }, run.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async Task AppendAsync(AccountStoreRun run, StoredRecord row) => await run.Store.TryAppendAsync(row, null, 5, run.Token).ConfigureAwait(false);

    private static async Task MistakeAsync(AccountStoreRun run, string what, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            return;
        }

        throw run.Failure($"an ArgumentException for {what}", "none");
    }
}
