using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OfANewFile_MakesItAndItsSideFilesForTheOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await _folder.Open().TryAppendAsync(SqliteTestFolder.Row(), null, 5);

        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.GetUnixFileMode(_folder.Database + suffix).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, $"accounts.db{suffix} is its owner's alone");
        }
    }

    [Fact]
    public async Task Open_OfANewFile_KeepsItDurableWithTheOwnSchema()
    {
        await _folder.Open().TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        using var session = new SqliteFile(_folder.Database, NullLogger.Instance).Open(new SqliteDeadline(TimeSpan.FromSeconds(1)));

        session.Command("PRAGMA journal_mode").ExecuteScalar().Should().Be("wal");
        session.Scalar("PRAGMA synchronous").Should().Be(2, "2 is FULL");
        session.Scalar("PRAGMA secure_delete").Should().Be(1);
        session.Scalar("PRAGMA fullfsync").Should().Be(1);
        session.Scalar("PRAGMA checkpoint_fullfsync").Should().Be(1);
        session.Scalar("PRAGMA application_id").Should().Be(SqliteSchema.ApplicationId);
        session.Scalar("PRAGMA user_version").Should().Be(SqliteSchema.Version);
    }

    // https://www.sqlite.org/wal.html#walresetbug
    [Fact]
    public void Open_OfTheSqliteThatThePackageBrings_HasTheMendedLog()
    {
        using var session = new SqliteFile(_folder.Database, NullLogger.Instance).Open(new SqliteDeadline(TimeSpan.FromSeconds(1)));

        Version.Parse((string)session.Command("SELECT sqlite_version()").ExecuteScalar()!).Should().BeGreaterThanOrEqualTo(new Version(3, 51, 3));
    }

    [Fact]
    public async Task Open_OfANewerSchema_NamesItsVersionAndChangesNothing()
    {
        await CloseAfterAsync(SqliteTestFolder.Row());
        _folder.Sql($"PRAGMA user_version = {SqliteSchema.Version + 6}");
        var before = await File.ReadAllBytesAsync(_folder.Database);

        var failure = await FailureAsync();

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain($"schema version {SqliteSchema.Version + 6};").And.Contain("Update the package");
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
    }

    [Theory]
    [InlineData("CREATE TABLE orders (id)")]
    [InlineData("PRAGMA user_version = 1")]
    [InlineData("PRAGMA application_id = 77")]
    public async Task Open_OfAnotherProgramsDatabase_LeavesItAsItIs(string sql)
    {
        _folder.Sql(sql);
        var before = await File.ReadAllBytesAsync(_folder.Database);

        var failure = await FailureAsync();

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("another program");
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
    }

    [Fact]
    public async Task Open_OfAFileThatIsNoDatabase_LeavesItAsItIs()
    {
        var text = new string('x', 5_000);
        await File.WriteAllTextAsync(_folder.Database, text);

        var failure = await FailureAsync();

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("not a SQLite database");
        (await File.ReadAllTextAsync(_folder.Database)).Should().Be(text);
        Directory.GetFiles(_folder.Folder).Should().ContainSingle();
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END")]
    [InlineData("DROP TABLE record; CREATE VIEW record AS WITH RECURSIVE n(kind) AS (SELECT 'account' UNION ALL SELECT kind FROM n) SELECT * FROM n")]
    [InlineData("CREATE VIRTUAL TABLE t USING fts5(a)")]
    [InlineData("ALTER TABLE record ADD COLUMN more INTEGER CHECK (abs(more) < 3)")]
    [InlineData("DROP INDEX record_head")]
    public async Task Open_OfOurDatabaseWithAnotherSchema_RunsNothing(string sql)
    {
        await CloseAfterAsync(SqliteTestFolder.Row());
        _folder.Sql(sql);
        var before = await File.ReadAllBytesAsync(_folder.Database);

        var failure = await FailureAsync();

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("a view or a trigger");
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
    }

    [Fact]
    public async Task Open_OfOurDatabaseAfterAnalyze_Works()
    {
        await CloseAfterAsync(SqliteTestFolder.Row());
        _folder.Sql("ANALYZE");

        (await _folder.Open().GetAsync(SqliteTestFolder.Key))!.Revision.Should().Be(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Open_OfOurDatabaseWithoutAVersion_SaysThatItIsDamaged(int version)
    {
        await CloseAfterAsync(SqliteTestFolder.Row());
        _folder.Sql($"PRAGMA user_version = {version}");

        (await FailureAsync()).Message.Should().Contain("is damaged");
    }

    [Fact]
    public void Ensure_WhereNoLogCanBe_SaysSo()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var session = new SqliteSession(connection);

        var ensure = () => SqliteSchema.Ensure(session, "accounts.db", wasOpened: false);

        ensure.Should().Throw<AccountUnavailableException>().Which.Message.Should().Contain("write-ahead log");
    }

    [Theory]
    [InlineData("-wal", false)]
    [InlineData("-wal", true)]
    [InlineData("-journal", false)]
    public async Task Open_BesideALogWithoutItsFile_MakesNothingAndLeavesTheLog(string suffix, bool isEmptied)
    {
        using var other = new SqliteTestFolder();
        await other.Open().TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        File.Copy(other.Database + "-wal", _folder.Database + suffix);
        if (isEmptied)
        {
            await File.WriteAllBytesAsync(_folder.Database, []);
        }

        var before = Snapshot();

        (await FailureAsync()).Message.Should().Contain("its log is still beside it");

        Snapshot().Should().Equal(before);
    }

    [Fact]
    public async Task Open_OfAnEmptyFileWithAJournal_MakesTheTables()
    {
        // Where a process was killed that was making them.
        await File.WriteAllBytesAsync(_folder.Database, []);
        await File.WriteAllBytesAsync(_folder.Database + "-journal", []);

        (await _folder.Open().TryAppendAsync(SqliteTestFolder.Row(), null, 5)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_WhenAnEmptyFileTakesThePlaceOfItsOwn_MakesNoTablesInIt(bool isTruncated)
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        if (isTruncated)
        {
            // Every connection is lost by a failure, and the next has to open the file anew.
            await FluentActions.Awaiting(() => store.Sessions.WriteAsync<string>(null, static _ => throw SqliteFailure.Damage("a"), CancellationToken.None)).Should().ThrowAsync<AccountUnavailableException>();
            _folder.Sql("SELECT count(*) FROM record");
            File.Delete(_folder.Database + "-wal");
            File.Delete(_folder.Database + "-shm");
            await File.WriteAllBytesAsync(_folder.Database, []);
        }
        else
        {
            File.Delete(_folder.Database + "-wal");
            File.Delete(_folder.Database + "-shm");
            await File.WriteAllBytesAsync(_folder.Database + ".empty", []);
            File.Move(_folder.Database + ".empty", _folder.Database, overwrite: true);
        }

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("empty one was put in its place");
        new FileInfo(_folder.Database).Length.Should().Be(0);
    }

    [Fact]
    public async Task Open_OfAnEmptyFileThatOthersMayRead_NarrowsIt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await File.WriteAllBytesAsync(_folder.Database, []);
        File.SetUnixFileMode(_folder.Database, (UnixFileMode)0b110_110_100);
        var logger = new RecordingLogger();

        await _folder.Open(logger: logger).TryAppendAsync(SqliteTestFolder.Row(), null, 5);

        File.GetUnixFileMode(_folder.Database).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        logger.Messages.Should().BeEmpty();
    }

    [Fact]
    public async Task Open_OfADatabaseThatOthersMayRead_WarnsOnceAndLeavesTheMode()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        await CloseAfterAsync(SqliteTestFolder.Row());
        File.SetUnixFileMode(_folder.Database, (UnixFileMode)0b110_100_000);
        var logger = new RecordingLogger();
        var store = _folder.Open(logger: logger);

        await store.GetAsync(SqliteTestFolder.Key);
        await store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "other" }), null, 5);

        logger.Messages.Should().ContainSingle().Which.Should().StartWith("302 Warning").And.Contain(_folder.Database);
        File.GetUnixFileMode(_folder.Database).Should().Be((UnixFileMode)0b110_100_000);
    }

    [Fact]
    public async Task Store_WhenABackupIsWrittenToBeforeTheFeedLooks_StillTellsWatchersAndGivesNoTagAgain()
    {
        await CloseAfterAsync(SqliteTestFolder.Row(1));
        File.Copy(_folder.Database, _folder.Database + ".backup");
        var store = _folder.Open();
        var head = await store.GetAsync(SqliteTestFolder.Key);
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(2), head!.ETag, 5);
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        File.Delete(_folder.Database + "-wal");
        File.Delete(_folder.Database + "-shm");
        File.Move(_folder.Database + ".backup", _folder.Database, overwrite: true);

        // As many as there were before, by the numbers alone.
        var again = await store.TryAppendAsync(SqliteTestFolder.Row(2), head.ETag, 5);

        again.Should().NotBeNull().And.NotBe(tag);
        (await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).Should().BeTrue();
        watcher.Current.Should().Be(default(RecordChange));
    }

    [Fact]
    public async Task Open_InAFolderThatIsMissing_SaysSo()
    {
        using var store = new SqliteAccountStore(
            Path.Combine(_folder.Folder, "missing", "accounts.db"), new SqliteStoreOptions(), TimeProvider.System, new RecordingLogger());

        var get = async () => await store.GetAsync(SqliteTestFolder.Key);

        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("folder must exist");
    }

    [Fact]
    public async Task Open_OfALinkBesideWhoseTargetAJournalStands_MakesNothing()
    {
        var target = Path.Combine(_folder.Folder, "target.db");
        File.CreateSymbolicLink(_folder.Database, target);
        await File.WriteAllBytesAsync(target + "-journal", [1]);

        var failure = await FailureAsync();

        failure.Message.Should().Contain("its log is still beside it");
        File.Exists(target).Should().BeFalse();
    }

    [Fact]
    public async Task Store_WhenManyMakeTheFileAtOnce_IsMadeOnceForAll()
    {
        for (var round = 0; round < 50; round++)
        {
            using var folder = new SqliteTestFolder();
            var stores = Enumerable.Range(0, 4).Select(_ => folder.Open()).ToArray();
            using var start = new Barrier(stores.Length);

            var tags = await Task.WhenAll(stores.Select((store, number) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return store.TryAppendAsync(SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = $"n{number}" }), null, 5).AsTask();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            tags.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        }
    }

    [Fact]
    public async Task Store_WhenItsFileWasDeleted_FailsAndMakesNoEmptyOneInItsPlace()
    {
        var store = _folder.Open();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();
        foreach (var file in Directory.GetFiles(_folder.Folder))
        {
            File.Delete(file);
        }

        Func<Task>[] calls =
        [
            async () => await store.GetAsync(SqliteTestFolder.Key),
            async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5),
            async () => await store.ListAsync(new RecordQuery { Kind = "account" }),
            async () => await watcher.MoveNextAsync(),
        ];

        foreach (var call in calls)
        {
            var failure = (await call.Should().ThrowAsync<AccountUnavailableException>()).Which;
            failure.IsTransient.Should().BeFalse();
            failure.Message.Should().Contain("deleted or moved");
        }

        Directory.GetFiles(_folder.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Write_WhenTheFileIsDeletedDuringIt_IsNotAcknowledged()
    {
        var store = _folder.Open();
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);

        var write = () => store.Sessions.WriteAsync("crm", session =>
        {
            File.Delete(_folder.Database);
            return SqliteRecords.Append(session, SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = "lost" }), null, 5);
        }, CancellationToken.None);

        var failure = (await write.Should().ThrowAsync<AccountUnavailableException>()).Which;
        failure.AccountName.Should().Be("crm");
        failure.Message.Should().Contain("during the call");
        File.Exists(_folder.Database).Should().BeFalse();
    }

    [Fact]
    public async Task Store_WhenABackupWasPutInItsPlace_ReadsTheBackupAndTellsWatchers()
    {
        await CloseAfterAsync(SqliteTestFolder.Row(1));
        File.Copy(_folder.Database, _folder.Database + ".backup");
        var store = _folder.Open();
        var head = await store.GetAsync(SqliteTestFolder.Key);
        await store.TryAppendAsync(SqliteTestFolder.Row(2), head!.ETag, 5);
        await using var watcher = store.WatchAsync().GetAsyncEnumerator(CancellationToken.None);
        await watcher.MoveNextAsync();

        File.Delete(_folder.Database + "-wal");
        File.Delete(_folder.Database + "-shm");
        File.Move(_folder.Database + ".backup", _folder.Database, overwrite: true);

        (await store.GetAsync(SqliteTestFolder.Key))!.Revision.Should().Be(1);
        (await watcher.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1))).Should().BeTrue();
        watcher.Current.Should().Be(default(RecordChange));
    }

    [Fact]
    public async Task Open_ThroughALink_WorksOnTheFileItLeadsToBesideOthers()
    {
        var link = Path.Combine(_folder.Folder, "link.db");
        var direct = _folder.Open();
        var tag = await direct.TryAppendAsync(SqliteTestFolder.Row(1), null, 5);
        File.CreateSymbolicLink(link, _folder.Database);
        using var linked = new SqliteAccountStore(link, new SqliteStoreOptions(), TimeProvider.System, new RecordingLogger());

        tag = await linked.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);
        tag = await direct.TryAppendAsync(SqliteTestFolder.Row(3), tag, 5);

        (await linked.GetAsync(SqliteTestFolder.Key))!.ETag.Should().NotBeNull().And.Be(tag);
        Directory.GetFiles(_folder.Folder, "link.db-*").Should().BeEmpty("one file has one log");
    }

    [Fact]
    public async Task Open_ThroughALinkThatLeadsNowhere_MakesNothing()
    {
        File.CreateSymbolicLink(_folder.Database, Path.Combine(_folder.Folder, "elsewhere.db"));

        (await FailureAsync()).IsTransient.Should().BeFalse();

        Directory.GetFileSystemEntries(_folder.Folder).Should().ContainSingle();
    }

    private Dictionary<string, string> Snapshot() =>
        Directory.GetFiles(_folder.Folder).ToDictionary(static file => file, static file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    private async Task CloseAfterAsync(StoredRecord row)
    {
        await using var store = _folder.Open();
        await store.TryAppendAsync(row, null, 5);
    }

    private async Task<AccountUnavailableException> FailureAsync()
    {
        var store = _folder.Open();
        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        return (await append.Should().ThrowAsync<AccountUnavailableException>()).Which;
    }
}
