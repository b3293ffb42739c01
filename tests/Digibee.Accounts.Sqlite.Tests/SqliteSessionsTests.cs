using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class SqliteSessionsTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(400, 300)]
    public async Task TryAppendAsync_WhileAnotherProgramWrites_WaitsAsLongAsItWasTold(int timeout, int least)
    {
        var store = _folder.Open(options => options.BusyTimeout = TimeSpan.FromMilliseconds(timeout));
        var tag = await WarmUpAsync(store);
        await using var other = await LockAsync();
        var watch = Stopwatch.StartNew();

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(3), tag, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeTrue();
        watch.ElapsedMilliseconds.Should().BeInRange(least, least + 650, "the provider's own second is not waited for");
    }

    [Fact]
    public async Task TryAppendAsync_WhenManyWaitForTheirTurn_HasOneLimitForTurnAndLock()
    {
        var store = _folder.Open(static options => options.BusyTimeout = TimeSpan.FromMilliseconds(500));
        await WarmUpAsync(store);
        await using var other = await LockAsync();
        var watch = Stopwatch.StartNew();

        var failures = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => FluentActions
            .Awaiting(async () => await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = $"n{i}" }), null, 5))
            .Should().ThrowAsync<AccountUnavailableException>()));

        failures.Should().OnlyContain(static failure => failure.Which.IsTransient);
        watch.ElapsedMilliseconds.Should().BeLessThan(3_000, "twelve that wait one after another take six seconds");
    }

    [Fact]
    public async Task Open_WhenTheTestsClockStandsStill_StillEnds()
    {
        await WarmUpAsync(_folder.Open());
        _folder.CloseStores();
        _folder.Sql("PRAGMA journal_mode = DELETE");
        using var store = new SqliteAccountStore(_folder.Database, new SqliteStoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(200) }, new FakeTimeProvider(), new RecordingLogger());
        await using var other = await LockAsync();

        // The file is to be switched to a log, which waits for the other.
        var get = () => store.GetAsync(SqliteTestFolder.Key).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task EveryCall_ThatFailsAfterItsCallerLeft_FailsUnseen()
    {
        var unseen = new List<string>();
        void Record(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            lock (unseen)
            {
                unseen.Add(args.Exception.ToString());
            }
        }

        TaskScheduler.UnobservedTaskException += Record;
        try
        {
            await LeaveFailingAsync();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Record;
        }

        lock (unseen)
        {
            unseen.Should().NotContain(text => text.Contains(_folder.Folder, StringComparison.Ordinal));
        }
    }

    // In a frame of its own, which does not keep the task alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task LeaveFailingAsync()
    {
        var store = _folder.Open();
        await WarmUpAsync(store);
        using var leaving = new CancellationTokenSource();
        using var isIn = new ManualResetEventSlim();
        using var mayFail = new ManualResetEventSlim();
        var write = store.Sessions.WriteAsync<string>(null, _ =>
        {
            isIn.Set();
            mayFail.Wait();
            throw SqliteFailure.Damage("nobody hears this");
        }, leaving.Token);
        isIn.Wait();
        await leaving.CancelAsync();
        await FluentActions.Awaiting(() => write).Should().ThrowAsync<OperationCanceledException>();
        mayFail.Set();

        // Its turn comes when that one has ended.
        await store.Sessions.WriteAsync(null, static _ => false, CancellationToken.None);
    }

    private static async Task<string?> WarmUpAsync(SqliteAccountStore store)
    {
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        return await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);
    }

    // Holds the write lock until it is disposed.
    private async Task<SqliteConnection> LockAsync()
    {
        var other = new SqliteConnection($"Data Source={_folder.Database};Pooling=False");
        await other.OpenAsync();
        _ = other.BeginTransaction(deferred: false);
        return other;
    }
}
