using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>How soon another process knows. Each delay is measured five times and judged by the median: a pause of the machine is not the store's.</summary>
public sealed class SqliteCrossProcessTests(ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly SqliteTestFolder _folder = new();
    private readonly StoreWorker _worker = new();

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task WatchAsync_OfWhatAnotherProcessWrites_BeginsWithoutAKeyAndTellsOfItWithinASecond()
    {
        var other = await RemoteStore.OpenAsync(_worker, _folder.Database, static _ => { });
        string? tag = null;
        await using var watcher = _folder.Open().WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        watcher.Current.Should().Be(default(RecordChange));

        await AssertIsSoonAsync(async round =>
        {
            tag = await other.TryAppendAsync(SqliteTestFolder.Row(round), tag, 5);
            var acknowledged = Stopwatch.GetTimestamp();
            await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            watcher.Current.Should().Be(new RecordChange(SqliteTestFolder.Key, round));
            return Stopwatch.GetElapsedTime(acknowledged);
        });
    }

    [Fact]
    public async Task SendAsync_OfAnExistingClientAfterAnotherProcessSaved_UsesTheSavedAccountWithinASecond()
    {
        var keyText = KeyRing.NewKeyText();
        await RemoteStore.OpenAsync(_worker, _folder.Database, static _ => { });
        await SaveAsync("token-0");
        var transport = new RecordingTransport();
        await using var program = SqliteTestAccounts.Create(
            _folder.Database, keyText, services => services.AddHttpClient("crm").ConfigurePrimaryHttpMessageHandler(() => transport).UseAccount("crm"));
        using var client = program.GetRequiredService<IHttpClientFactory>().CreateClient("crm");
        (await SendAsync()).Should().Be("Bearer token-0");

        await AssertIsSoonAsync(async round =>
        {
            await SaveAsync($"token-{round}");
            var acknowledged = Stopwatch.GetTimestamp();
            var patience = TimeSpan.FromMinutes(1);
            for (var used = await SendAsync(); used != $"Bearer token-{round}"; used = await SendAsync())
            {
                used.Should().Be($"Bearer token-{round - 1}");
                Stopwatch.GetElapsedTime(acknowledged).Should().BeLessThan(patience);
                await Task.Delay(5); // the next request of a program that sends all the time
            }

            var delay = Stopwatch.GetElapsedTime(acknowledged);
            (await SendAsync()).Should().Be($"Bearer token-{round}", "it does not go back");
            return delay;
        });

        Task<StoreReply> SaveAsync(string token) => _worker.CallAsync(StoreMethod.Save, call => call with { KeyText = keyText, Token = token });

        async Task<string?> SendAsync()
        {
            using var response = await client.GetAsync($"{SqliteTestAccounts.Origin}/orders");
            return transport.LastAuthorization;
        }
    }

    [Fact]
    public async Task Open_OfANewFileFromFourProcessesAtOnce_MakesItOnceForTheOwnerAloneAndLosesNoRow()
    {
        await using var workers = new StoreWorkers();
        for (var round = 0; round < 10; round++)
        {
            using var folder = new SqliteTestFolder();
            var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => workers.OpenAsync(folder.Database).AsTask()));

            var tags = await Task.WhenAll(stores.Select((store, number) => store.TryAppendAsync(Row(number), null, 5).AsTask()));

            tags.Should().OnlyHaveUniqueItems().And.NotContainNulls();
            var rows = (await folder.Open().ListAsync(new RecordQuery { Kind = "account" })).Records;
            rows.Select(static row => row.Key).Should().Equal(Enumerable.Range(0, 4).Select(static number => Row(number).Key));
            if (!OperatingSystem.IsWindows())
            {
                // Whatever the umask: these processes have none.
                foreach (var suffix in (string[])["", "-wal", "-shm"])
                {
                    File.GetUnixFileMode(folder.Database + suffix).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
                }
            }

            await Task.WhenAll(stores.Select(static store => store.DisposeAsync().AsTask()));
        }

        static StoredRecord Row(int number) => SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = $"n{number}" });
    }

    private async Task AssertIsSoonAsync(Func<int, Task<TimeSpan>> measure)
    {
        var delays = new List<TimeSpan>();
        for (var round = 1; round <= 5; round++)
        {
            delays.Add(await measure(round));
        }

        delays.Sort();
        output.WriteLine($"delays: {string.Join(", ", delays.Select(static delay => $"{delay.TotalMilliseconds:F0} ms"))}");
        delays[2].Should().BeLessThan(Limit);
    }
}
