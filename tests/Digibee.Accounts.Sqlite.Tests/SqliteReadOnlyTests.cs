namespace Digibee.Accounts;

/// <summary>What the modes of file and folder forbid. They hold for another user's process: root's ignores them.</summary>
public sealed class SqliteReadOnlyTests : IAsyncDisposable
{
    private const UnixFileMode Everything = (UnixFileMode)0b111_111_111;
    private const UnixFileMode NoWriting = (UnixFileMode)0b101_101_101;

    private readonly SqliteTestFolder _folder = new();
    private readonly StoreWorker _worker = new();

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Folder, Everything);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task TryAppendAsync_ToAReadOnlyFile_SaysSoAndChangesNothing()
    {
        var store = await OpenAsync();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.DisposeAsync();
        Forbid(_folder.Database, UnixFileMode.UserRead);
        var before = await File.ReadAllBytesAsync(_folder.Database);
        store = await ReopenAsync();

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().StartWith("lasting: ").And.Contain("cannot be written by this process");
        (await store.GetAsync(SqliteTestFolder.Key))!.Revision.Should().Be(1, "reading needs no right to write");
        await store.DisposeAsync();
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
    }

    [Fact]
    public async Task Open_OfAFileThatMayNotBeRead_SaysSoAndChangesNothing()
    {
        var store = await OpenAsync();
        await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.DisposeAsync();
        var before = await File.ReadAllBytesAsync(_folder.Database);
        Forbid(_folder.Database, UnixFileMode.None);
        store = await ReopenAsync();

        var get = async () => await store.GetAsync(SqliteTestFolder.Key);

        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().StartWith("lasting: ").And.Contain("Let the process read and write the file and its folder");
        Forbid(_folder.Database, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
        (await store.GetAsync(SqliteTestFolder.Key))!.Revision.Should().Be(1, "nothing has to be started again");
    }

    [Fact]
    public async Task TryAppendAsync_InAReadOnlyFolder_SaysSoAndChangesNothing()
    {
        var store = await OpenAsync();
        var tag = await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
        await store.DisposeAsync();
        Forbid(_folder.Folder, NoWriting);
        var before = await File.ReadAllBytesAsync(_folder.Database);
        store = await ReopenAsync();

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().StartWith("lasting: ").And.Contain("the file and its folder");
        (await File.ReadAllBytesAsync(_folder.Database)).Should().Equal(before);
        Forbid(_folder.Folder, Everything);
        (await store.TryAppendAsync(SqliteTestFolder.Row(2), tag, 5)).Should().NotBeNull("nothing has to be started again");
    }

    [Fact]
    public async Task Open_OfANewFileInAReadOnlyFolder_SaysSo()
    {
        var store = await OpenAsync();
        Forbid(_folder.Folder, NoWriting);

        var append = async () => await store.TryAppendAsync(SqliteTestFolder.Row(), null, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().StartWith("lasting: ").And.Contain("could not be made").And.Contain("allowed to write there");
        Directory.GetFiles(_folder.Folder).Should().BeEmpty();
    }

    // Opens the store in a process for which modes hold, over a folder where it may do everything.
    private async Task<RemoteStore> OpenAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
        }

        if (Environment.IsPrivilegedProcess)
        {
            // Everything the process will need is loaded while it may still read this program's folder.
            using var elsewhere = new SqliteTestFolder();
            var warm = await RemoteStore.OpenAsync(_worker, elsewhere.Database, static _ => { });
            await warm.TryAppendAsync(SqliteTestFolder.Row(), null, 5);
            await warm.GetAsync(SqliteTestFolder.Key);
            await warm.DisposeAsync();
            await _worker.CallAsync(StoreMethod.BecomeNobody);
        }

        Forbid(_folder.Folder, Everything);
        return await ReopenAsync();
    }

    private ValueTask<RemoteStore> ReopenAsync() => RemoteStore.OpenAsync(_worker, _folder.Database, static _ => { });

    private static void Forbid(string path, UnixFileMode allowed)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, allowed);
        }
    }
}
