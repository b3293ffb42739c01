using System.Diagnostics;
using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A database with random damage: every call ends soon, in an answer or in a typed failure. For <c>ACCOUNTS_FUZZ_SECONDS</c>.</summary>
public sealed class SqliteDamageFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Names = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryCall_OnADamagedDatabase_EndsInAnAnswerOrATypedFailure()
    {
        var whole = await MakeAsync();
        var duration = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("ACCOUNTS_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 5);
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var rounds = 0;
        var failures = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration || rounds < 20; rounds++)
        {
            await File.WriteAllBytesAsync(_folder.Database, Damage(whole, random));
            try
            {
                failures += await CallAsync().WaitAsync(Patience);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Round {rounds} of seed {seed} broke the store.", exception);
            }

            foreach (var file in Directory.GetFiles(_folder.Folder))
            {
                File.Delete(file);
            }
        }

        output.WriteLine($"{rounds} rounds, {failures} calls failed");
        failures.Should().BeGreaterThan(rounds / 4, "the damage is met");
    }

    private async Task<byte[]> MakeAsync()
    {
        await using (var store = _folder.Open())
        {
            for (var i = 0; i < Names; i++)
            {
                var tag = await store.TryAppendAsync(Row(i, 1), null, 5);
                await store.TryAppendAsync(Row(i, 2), tag, 5);
            }
        }

        return await File.ReadAllBytesAsync(_folder.Database);
    }

    // How many calls failed as they may.
    private async Task<int> CallAsync()
    {
        var failures = 0;
        await using var store = new SqliteAccountStore(_folder.Database, new SqliteStoreOptions { BusyTimeout = TimeSpan.Zero }, TimeProvider.System, new RecordingLogger());
        StoredRecord? head = null;
        await TryAsync(() => ListAllAsync(store, new RecordQuery { Kind = "account", IncludePayload = true, Limit = 7 }));
        await TryAsync(() => ListAllAsync(store, new RecordQuery { Kind = "account", IncludeHistory = true, Type = "basic" }));
        for (var i = 0; i < Names; i += 7)
        {
            await TryAsync(async () => head = await store.GetAsync(Row(i, 1).Key));
        }

        await TryAsync(async () => await store.TryAppendAsync(Row(Names - 5, long.MaxValue), head?.ETag, 2));
        await TryAsync(async () => head = await store.GetAsync(Row(0, 2).Key));
        var tag = head?.ETag ?? "1";
        await TryAsync(async () => tag = await store.TryReplaceAsync(Row(0, 2), tag) ?? tag);
        await TryAsync(async () => await store.TryPurgeAsync(Row(0, 2).Key, tag));
        await TryAsync(async () => await store.WatchAsync().GetAsyncEnumerator(CancellationToken.None).MoveNextAsync());
        return failures;

        async Task TryAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (Exception exception) when (exception is AccountUnavailableException or ArgumentException { ParamName: "record" })
            {
                failures++;
            }
        }
    }

    private static async Task ListAllAsync(SqliteAccountStore store, RecordQuery query)
    {
        while (await store.ListAsync(query) is { Next: { } next })
        {
            query = query with { After = next };
        }
    }

    // A few bytes, a run of one byte, one page in the place of another, or a file cut short.
    private static byte[] Damage(byte[] whole, Random random)
    {
        const int Page = 4_096;
        var damaged = whole.ToArray();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    // The head of a page: its kind, its number of cells, where they are.
                    damaged[Math.Min((at / Page * Page) + random.Next(20), damaged.Length - 1)] = (byte)random.Next(256);
                    break;
                case 2:
                    damaged.AsSpan(at, random.Next(damaged.Length - at) % 500).Fill((byte)random.Next(256));
                    break;
                case 3:
                    whole.AsSpan(random.Next(whole.Length / Page) * Page, Page).CopyTo(damaged.AsSpan(random.Next(damaged.Length / Page) * Page));
                    break;
                default:
                    damaged = random.Next(8) == 0 ? damaged[..Math.Max(Page, at)] : damaged;
                    break;
            }
        }

        return damaged;
    }

    private static StoredRecord Row(int name, long revision) =>
        SqliteTestFolder.Row(revision, SqliteTestFolder.Key with { Name = $"n{name:D2}" }, length: name % 10 == 0 ? 20_000 : 200);
}
