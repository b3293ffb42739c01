using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>A disk of one mebibyte, in memory, mounted for one test.</summary>
public sealed class SqliteFullDiskTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();
    private bool _isMounted;

    public void Dispose()
    {
        _folder.CloseStores();
        if (_isMounted)
        {
            Run("umount", _folder.Folder);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task TryAppendAsync_WhenTheDiskIsFull_SaysSoKeepsEveryRowAndGoesOnOnceThereIsRoom()
    {
        Mount();
        var store = _folder.Open();
        var acknowledged = new List<RecordKey>();

        var failure = await FillAsync(store, acknowledged);

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("full").And.Contain("Make room");
        acknowledged.Count.Should().BeInRange(5, 100);
        failure.AccountName.Should().Be(Name(acknowledged.Count));
        await AssertHoldsAsync(store, acknowledged);
        Run("mount", "-o", "remount,size=4m", _folder.Folder);
        (await store.TryAppendAsync(Row(acknowledged.Count), null, 5)).Should().NotBeNull();
        await AssertHoldsAsync(_folder.Open(), [.. acknowledged, Row(acknowledged.Count).Key]);
        _folder.Sql("PRAGMA integrity_check").Should().Be("ok");
    }

    [Fact]
    public async Task Open_WhenTheDiskIsFullAlready_SaysSoAndSucceedsOnceThereIsRoom()
    {
        Mount();
        var ballast = Path.Combine(_folder.Folder, "ballast");
        FillUp(ballast);
        var store = _folder.Open();

        var append = async () => await store.TryAppendAsync(Row(0), null, 5);

        (await append.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("full");
        File.Delete(ballast);
        (await append()).Should().NotBeNull();
        await AssertHoldsAsync(_folder.Open(), [Row(0).Key]);
    }

    [Fact]
    public async Task GetAsync_WhenTheDiskFilledUpWhileNoProcessHadTheFileOpen_SaysSoAndLosesNothing()
    {
        Mount();
        await using (var first = _folder.Open())
        {
            await first.TryAppendAsync(Row(0), null, 5);
        }

        var ballast = Path.Combine(_folder.Folder, "ballast");
        FillUp(ballast);
        var store = _folder.Open();

        var get = async () => await store.GetAsync(Row(0).Key);

        // The first reader makes the shared memory, a file of its own.
        (await get.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("full");
        File.Delete(ballast);
        await AssertHoldsAsync(store, [Row(0).Key]);
    }

    private static async Task<AccountUnavailableException> FillAsync(SqliteAccountStore store, List<RecordKey> acknowledged)
    {
        while (true)
        {
            var row = Row(acknowledged.Count);
            try
            {
                (await store.TryAppendAsync(row, null, 5)).Should().NotBeNull();
            }
            catch (AccountUnavailableException exception)
            {
                return exception;
            }

            acknowledged.Add(row.Key);
        }
    }

    private static async Task AssertHoldsAsync(SqliteAccountStore store, IReadOnlyList<RecordKey> keys)
    {
        var page = await store.ListAsync(new RecordQuery { Kind = "account", IncludePayload = true, Limit = 1_000 });

        page.Records.Select(static row => row.Key).Should().Equal(keys);
        foreach (var row in page.Records)
        {
            row.Payload.Span.SequenceEqual(Row(0).Payload.Span).Should().BeTrue("the row is whole");
        }
    }

    private static void FillUp(string path)
    {
        using var file = File.Create(path);
        try
        {
            while (true)
            {
                file.Write(new byte[4_096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // No room is left, which is the point.
        }
    }

    private static StoredRecord Row(int number) => SqliteTestFolder.Row(key: SqliteTestFolder.Key with { Name = Name(number) }, length: 20_000);

    private static string Name(int number) => $"n{number:D3}";

    private void Mount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Only root may mount a small disk, on Linux; TryAppendAsync_WhenTheDatabaseIsFull limits the file instead.");
        }

        _isMounted = Run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", _folder.Folder);
        if (!_isMounted)
        {
            Environment.GetEnvironmentVariable("CI").Should().NotBe("true", "there, root must be able to mount a small disk");
            Assert.Skip("This root may not mount a small disk (a container without CAP_SYS_ADMIN); TryAppendAsync_WhenTheDatabaseIsFull limits the file instead.");
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
