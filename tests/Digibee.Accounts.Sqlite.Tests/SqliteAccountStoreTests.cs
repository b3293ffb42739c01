using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class SqliteAccountStoreTests : IDisposable
{
    private const int PageSize = 4_096;
    private static readonly RecordQuery Accounts = new() { Kind = "account", IncludePayload = true, Limit = 1_000 };
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Store_OpenedAgain_HasWhatWasWritten()
    {
        string? tag;
        await using (var first = _folder.Open())
        {
            tag = await first.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        }

        var head = await _folder.Open().GetAsync(SqliteTestFolder.Key);

        head!.ETag.Should().Be(tag);
        head.Payload.ToArray().Should().Equal(1, 2, 3, 4);
        head.Metadata.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task TryAppendAsync_AfterAPurgeAndANewOpening_GivesNoTagAgain()
    {
        string? purged;
        await using (var first = _folder.Open())
        {
            purged = await first.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
            await first.TryPurgeAsync(SqliteTestFolder.Key, purged!);
        }

        var tag = await _folder.Open().TryAppendAsync(SqliteTestFolder.Row(), null, 5);

        tag.Should().NotBeNull().And.NotBe(purged);
    }

    [Fact]
    public async Task TryAppendAsync_WhenTheDatabaseIsFull_SaysSoAndKeepsTheHead()
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.Sessions.WriteAsync(null, static session => session.Scalar("PRAGMA max_page_count = 40"), CancellationToken.None);

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(2, length: 1_000_000), tag, 5);

        var failure = (await append.Should().ThrowAsync<AccountUnavailableException>()).Which;
        failure.AccountName.Should().Be("crm");
        failure.Message.Should().Contain("full");
        (await store.GetAsync(SqliteTestFolder.Key))!.ETag.Should().Be(tag);
        (await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5)).Should().NotBeNull("the connection that failed is not used again");
    }

    [Fact]
    public async Task TryAppendAsync_WhileAnotherProgramHoldsTheLock_IsTransientAndSucceedsAfterwards()
    {
        var store = _folder.Open(static options => options.BusyTimeout = TimeSpan.Zero);
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await using (var other = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);

            var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);

            (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeTrue();
            (await store.GetAsync(SqliteTestFolder.Key))!.ETag.Should().Be(tag, "readers do not wait for writers");
        }

        (await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5)).Should().NotBeNull();
    }

    [Fact]
    public async Task TryAppendAsync_WhenTheCallerLeavesAndUsesItsBufferAgain_WritesWhatItWasGiven()
    {
        var store = _folder.Open();
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        var payload = new byte[1_000_000];
        using var leaving = new CancellationTokenSource();
        Task<string?> writing;
        await using (var other = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            writing = store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "other" }) with { Payload = payload }, null, 5, leaving.Token).AsTask();
            await leaving.CancelAsync();
            payload.AsSpan().Fill(0xff);
        }

        await FluentActions.Awaiting(() => writing).Should().ThrowAsync<OperationCanceledException>();

        // The next write has to wait for the one that was left alone.
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "third" }), null, 5);
        var written = await store.GetAsync(SqliteTestFolder.Key with { Name = "other" });
        (written is null || written.Payload.Span.IndexOfAnyExcept((byte)0) < 0).Should().BeTrue();
    }

    [Fact]
    public async Task Store_WithADamagedPage_SkipsThatRowInAListingLogsItAndRepairsNothing()
    {
        await using (var filling = _folder.Open())
        {
            for (var i = 0; i < 20; i++)
            {
                await filling.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = $"n{i:D2}" }, length: 3_000), null, 5);
            }
        }

        // Rows of 3,000 bytes stand on a page of their own; the last page but the ones of the indexes is a row's.
        var root = DamageALeafOfRecord();
        var before = await File.ReadAllBytesAsync(_folder.Database);
        var logger = new RecordingLogger();
        var store = _folder.Open(logger: logger);

        var page = await store.ListAsync(Accounts);

        root.Should().BeGreaterThan(1);
        page.Records.Count.Should().BeInRange(1, 19);
        page.Next.Should().BeNull();
        logger.Messages.Should().HaveCount(20 - page.Records.Count).And.OnlyContain(message => message.StartsWith("301 Error", StringComparison.Ordinal));
        var missing = Enumerable.Range(0, 20).Select(i => $"n{i:D2}").Except(page.Records.Select(row => row.Key.Name), StringComparer.Ordinal).First();
        var get = async () => await store.GetAsync(SqliteTestFolder.Key with { Name = missing });
        var failure = (await get.Should().ThrowAsync<AccountUnavailableException>()).Which;
        failure.IsTransient.Should().BeFalse();
        failure.AccountName.Should().Be(missing);
        failure.Message.Should().Contain("damaged");
        store.Dispose();
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
    }

    [Fact]
    public async Task Store_WithARowThatHoldsWhatItNeverWrites_SkipsItInAListingAndRefusesToReadIt()
    {
        var logger = new RecordingLogger();
        var store = _folder.Open(logger: logger);
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "good" }), null, 5);
        _folder.Sql("UPDATE record SET expires_at = 9223372036854775807 WHERE name = 'crm'");

        var page = await store.ListAsync(Accounts);

        page.Records.Should().ContainSingle().Which.Key.Name.Should().Be("good");
        logger.Messages.Should().ContainSingle().Which.Should().Contain("'crm'");
        var get = async () => await store.GetAsync(SqliteTestFolder.Key);
        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task Store_WithARowLargerThanAnyItWrites_SkipsItInAListingAndDoesNotReadIt()
    {
        var logger = new RecordingLogger();
        var store = _folder.Open(logger: logger);
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "good" }), null, 5);
        _folder.Sql("UPDATE record SET payload = zeroblob(100000000) WHERE name = 'crm'");
        var get = async () => await store.GetAsync(SqliteTestFolder.Key);
        var before = GC.GetTotalAllocatedBytes();

        var failure = (await get.Should().ThrowAsync<AccountUnavailableException>()).Which;
        var page = await store.ListAsync(Accounts);

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("more in one row");
        page.Records.Should().ContainSingle().Which.Key.Name.Should().Be("good");
        logger.Messages.Should().ContainSingle().Which.Should().Contain("'crm'");
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(50_000_000);
    }

    [Fact]
    public async Task Store_WithNullWhereNoneBelongs_SkipsTheRowInAListingAndRefusesToReadIt()
    {
        var logger = new RecordingLogger();
        var store = _folder.Open(logger: logger);
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "good" }), null, 5);
        await store.GetAsync(SqliteTestFolder.Key);

        // The rows of a table without its constraint, as a damaged page or a forger would have them, under a connection that found the table as it should be.
        _folder.Sql("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'payload BLOB NOT NULL', 'payload BLOB') WHERE name = 'record'; PRAGMA writable_schema = RESET");
        _folder.Sql("UPDATE record SET payload = NULL WHERE name = 'crm'");

        var page = await store.ListAsync(Accounts);

        page.Records.Should().ContainSingle().Which.Key.Name.Should().Be("good");
        logger.Messages.Should().ContainSingle().Which.Should().Contain("'crm'");
        var get = async () => await store.GetAsync(SqliteTestFolder.Key);
        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task ListAsync_OverAnIndexThatLeadsBackToItsBeginning_SaysThatTheFileIsDamaged()
    {
        await using (var filling = _folder.Open())
        {
            await filling.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
            _folder.Fill(500);
        }

        // An interior index page (type 2): its rightmost child stands at 8, its first cell, which begins with its left child, is pointed to at 12.
        ChangeRoot("record_head", 2, static page => page.AsSpan((page[12] << 8) | page[13], 4).CopyTo(page.AsSpan(8)));
        var store = _folder.Open();

        var list = async () => await store.ListAsync(Accounts);

        (await list.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("damaged");
    }

    [Fact]
    public async Task EveryCallThatNeedsTheNumberOfChanges_WithoutIt_SaysThatTheFileIsDamaged()
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        _folder.Sql("DELETE FROM sequence");

        Func<Task>[] calls =
        [
            async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5),
            async () => await store.TryPurgeAsync(SqliteTestFolder.Key, tag!),
            async () => await store.WatchAsync().GetAsyncEnumerator(CancellationToken.None).MoveNextAsync(),
        ];

        foreach (var call in calls)
        {
            (await call.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("damaged");
        }

        (await store.GetAsync(SqliteTestFolder.Key))!.ETag.Should().Be(tag);
    }

    [Fact]
    public async Task TryPurgeAsync_OfARow_LeavesNothingOfItsPayloadInTheFile()
    {
        var marker = "7f3a-sealed-bytes-that-must-go"u8.ToArray();
        await using (var store = _folder.Open())
        {
            var tag = await store.TryAppendAsync(SqliteTestFolder.Row() with { Payload = marker }, null, 5);
            await store.TryPurgeAsync(SqliteTestFolder.Key, tag!);
        }

        Directory.GetFiles(_folder.Folder).Should().ContainSingle("the log goes with the last connection");
        (await File.ReadAllBytesAsync(_folder.Database)).AsSpan().IndexOf(marker).Should().Be(-1);
    }

    [Fact]
    public async Task ListAsync_WithMoreRowsThanAPageLooksAt_GivesShortPagesThatGoOn()
    {
        var store = _folder.Open();
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        _folder.Fill(SqlitePages.MaxRowsPerPage + 10);
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "zone" }) with { Type = "rare" }, null, 5);

        var first = await store.ListAsync(new RecordQuery { Kind = "account", Type = "rare" });
        var second = await store.ListAsync(new RecordQuery { Kind = "account", Type = "rare", After = first.Next });

        first.Records.Should().BeEmpty();
        first.Next.Should().NotBeNull();
        second.Records.Should().ContainSingle().Which.Key.Name.Should().Be("zone");
        second.Next.Should().BeNull();
    }

    [Fact]
    public async Task WatchAsync_WhenMoreChangedThanTheFileRemembers_SaysThatAnythingMayHave()
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        _folder.Sql($"UPDATE sequence SET value = value + {SqliteChanges.Capacity}");

        await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);

        (await watcher.MoveNextAsync()).Should().BeTrue();
        watcher.Current.Should().Be(default(RecordChange));
        Convert.ToInt64(_folder.Sql("SELECT count(*) FROM change"), null).Should().Be(1, "what is further back has been let go");
    }

    [Fact]
    public async Task WatchAsync_OfMoreChangesThanOneBatch_GivesThemAllInOrder()
    {
        var store = _folder.Open();
        await store.GetAsync(SqliteTestFolder.Key);
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        _folder.Sql("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO change SELECT i, 'account', 'default/test', 'crm', i FROM n;
            UPDATE sequence SET value = 2500;
            """);

        for (var i = 1; i <= 2_500; i++)
        {
            (await watcher.MoveNextAsync()).Should().BeTrue();
            watcher.Current.Should().Be(new RecordChange(SqliteTestFolder.Key, i));
        }
    }

    [Fact]
    public async Task WatchAsync_WithMoreThanOneBatchWaiting_ReadsOnWithoutWaitingForTheNextLook()
    {
        var time = new FakeTimeProvider();
        using var store = new SqliteAccountStore(_folder.Database, new SqliteStoreOptions(), time, new RecordingLogger());
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        _folder.Sql("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO change SELECT i, 'account', 'default/test', 'crm', i FROM n;
            UPDATE sequence SET value = 2500;
            """);
        var first = watcher.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromMilliseconds(200));
        await first;

        for (var i = 2; i <= 2_500; i++)
        {
            (await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).Should().BeTrue();
        }

        watcher.Current.Revision.Should().Be(2_500);
    }

    [Fact]
    public async Task EveryCall_WhenCancelledBefore_IsCancelledAndChangesNothing()
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        var cancelled = new CancellationToken(canceled: true);

        Func<Task>[] calls =
        [
            async () => await store.GetAsync(SqliteTestFolder.Key, cancelled),
            async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5, cancelled),
            async () => await store.TryReplaceAsync(SqliteTestFolder.Row(), tag!, cancelled),
            async () => await store.TryPurgeAsync(SqliteTestFolder.Key, tag!, cancelled),
            async () => await store.ListAsync(Accounts, cancelled),
            async () => await store.WatchAsync(cancelled).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync(),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        (await store.GetAsync(SqliteTestFolder.Key))!.ETag.Should().Be(tag);
    }

    [Fact]
    public async Task EveryCall_AfterDisposal_IsRefused()
    {
        var store = _folder.Open();
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.DisposeAsync();

        var get = async () => await store.GetAsync(SqliteTestFolder.Key);

        await get.Should().ThrowAsync<ObjectDisposedException>();
        Directory.GetFiles(_folder.Folder).Should().ContainSingle("no connection is left open");
    }

    // Overwrites a leaf page of the table, found by walking its first level, and returns its number.
    private long DamageALeafOfRecord()
    {
        var child = 0L;

        // An interior table page (type 5): its first cell pointer stands behind the 12 bytes of the header, and a cell begins with its left child.
        ChangeRoot("record", 5, page => child = BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan((page[12] << 8) | page[13])));
        using var file = File.OpenHandle(_folder.Database, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, Enumerable.Repeat((byte)0xa5, PageSize).ToArray(), (child - 1) * PageSize);
        return child;
    }

    private void ChangeRoot(string name, byte type, Action<byte[]> change)
    {
        var root = Convert.ToInt64(_folder.Sql($"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'"), null);
        using var file = File.OpenHandle(_folder.Database, FileMode.Open, FileAccess.ReadWrite);
        var page = new byte[PageSize];
        RandomAccess.Read(file, page, (root - 1) * PageSize);
        page[0].Should().Be(type);
        change(page);
        RandomAccess.Write(file, page, (root - 1) * PageSize);
    }
}
