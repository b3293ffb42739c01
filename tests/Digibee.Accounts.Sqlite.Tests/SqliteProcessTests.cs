using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class SqliteProcessTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WatchAsync_WhenAnotherProcessWrites_TellsOfIt()
    {
        var store = _folder.Open();
        await using var watcher = store.WatchAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        watcher.Current.Should().Be(default(RecordChange));

        using var other = SqliteTestProcess.StartWriter(_folder, count: 1);

        (await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).Should().BeTrue();
        watcher.Current.Should().Be(new RecordChange(SqliteTestFolder.Key, 1));
        await other.WaitForExitAsync();
        other.ExitCode.Should().Be(0);
        AssertWhole((await store.GetAsync(SqliteTestFolder.Key))!);
    }

    [Fact]
    public Task Store_WhenAWriterIsKilledFiveTimes_LosesNothingAcknowledged() => KillWritersAsync(5);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Store_WhenAWriterIsKilledTwoHundredTimes_LosesNothingAcknowledged() => KillWritersAsync(200);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task TryAppendAsync_FromFourProcessesAtOnce_LosesNoIncrement()
    {
        const int Each = 1_000;
        var processes = Enumerable.Range(0, 4).Select(_ => SqliteTestProcess.StartWriter(_folder, Each)).ToArray();

        var acknowledged = await Task.WhenAll(processes.Select(static process => process.StandardOutput.ReadToEndAsync()));

        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            process.ExitCode.Should().Be(0);
            process.Dispose();
        }

        var revisions = acknowledged.SelectMany(SqliteTestProcess.Acknowledged);
        revisions.Order().Should().Equal(Enumerable.Range(1, 4 * Each).Select(static revision => (long)revision), "each revision was acknowledged to one process");
        (await _folder.Open().GetAsync(SqliteTestFolder.Key))!.Revision.Should().Be(4 * Each);
    }

    [Fact]
    public Task Store_WhenTheProcessThatMakesItIsKilled_IsMadeByTheNext() => KillMakersAsync(4, withAnother: false);

    [Fact]
    public Task Store_WhenOneOfTwoThatMakeItIsKilled_LosesNothingOfTheOther() => KillMakersAsync(2, withAnother: true);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Store_WhenTheProcessThatMakesItIsKilledAHundredTimes_IsMadeByTheNext() => KillMakersAsync(100, withAnother: false);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Store_WhenOneOfTwoThatMakeItIsKilledFiftyTimes_LosesNothingOfTheOther() => KillMakersAsync(50, withAnother: true);

    // A folder of its own each round, so that the kill falls into the making of the file.
    private static async Task KillMakersAsync(int times, bool withAnother)
    {
        const int Each = 20;
        for (var round = 0; round < times; round++)
        {
            using var folder = new SqliteTestFolder();
            using var killed = SqliteTestProcess.StartWriter(folder, int.MaxValue);
            using var other = withAnother ? SqliteTestProcess.StartWriter(folder, Each) : null;
            (await killed.StandardOutput.ReadLineAsync()).Should().Be(SqliteTestProcess.Opening);
            await Task.Delay(RandomNumberGenerator.GetInt32(50)); // where the kill falls is left to chance
            killed.Kill();
            var acknowledged = SqliteTestProcess.Acknowledged(await killed.StandardOutput.ReadToEndAsync());
            if (other is not null)
            {
                var others = SqliteTestProcess.Acknowledged(await other.StandardOutput.ReadToEndAsync());
                await other.WaitForExitAsync();
                other.ExitCode.Should().Be(0, "round {0}: the one that lived went on", round);
                others.Should().HaveCount(Each);
                others.Should().NotIntersectWith(acknowledged);
                acknowledged = [.. acknowledged, .. others];
            }

            var store = folder.Open();
            var head = await store.GetAsync(SqliteTestFolder.Key);
            (head?.Revision ?? 0).Should().BeGreaterThanOrEqualTo(acknowledged.Append(0).Max(), "round {0}: what was acknowledged stays", round);
            (await store.TryAppendAsync(SqliteTestFolder.Row((head?.Revision ?? 0) + 1), head?.ETag, 5)).Should().NotBeNull();
        }
    }

    private async Task KillWritersAsync(int times)
    {
        var acknowledged = 0L;
        for (var round = 0; round < times; round++)
        {
            using var writer = SqliteTestProcess.StartWriter(_folder, int.MaxValue);
            if (round % 4 != 0)
            {
                // It writes by now; every fourth is killed wherever it is, opening the file included.
                await writer.StandardOutput.ReadLineAsync();
                await writer.StandardOutput.ReadLineAsync();
            }

            await Task.Delay(RandomNumberGenerator.GetInt32(round % 4 == 0 ? 200 : 40));
            writer.Kill();
            acknowledged = SqliteTestProcess.Acknowledged(await writer.StandardOutput.ReadToEndAsync()).LastOrDefault(acknowledged);
            await using var store = _folder.Open();
            var rows = (await store.ListAsync(new RecordQuery { Kind = "account", IncludeHistory = true, IncludePayload = true })).Records;
            rows.Should().HaveCountLessThanOrEqualTo(5);
            foreach (var row in rows)
            {
                AssertWhole(row);
            }

            var head = rows.Count == 0 ? 0 : rows[^1].Revision;
            head.Should().BeGreaterThanOrEqualTo(acknowledged, "round {0}: what was acknowledged stays", round);
            acknowledged = head;
        }

        acknowledged.Should().BeGreaterThan(times / 2, "the writers did write");
        _folder.Sql("PRAGMA integrity_check").Should().Be("ok");
    }

    private static void AssertWhole(StoredRecord row) => row.Payload.Span.SequenceEqual(SqliteTestFolder.Row(row.Revision, length: 6_000).Payload.Span).Should().BeTrue("revision {0} is whole", row.Revision);
}
