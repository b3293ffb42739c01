using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Makes the file where none is, for its owner alone, and lets none that is gone be replaced by an empty one.</summary>
internal static class SqliteCreation
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // Closing any handle of a file lets go of every POSIX lock this process has on it, SQLite's included. So ours is closed before any connection of the process opens the file.
    private static readonly Lock Making = new();

    /// <summary>Sees to it that there is a file for SQLite to open.</summary>
    /// <exception cref="AccountUnavailableException">It is gone, or it cannot be made.</exception>
    public static void Ensure(string path, bool wasOpened)
    {
        lock (Making)
        {
            // Looked at before the file: whoever makes a database makes the log last.
            var file = Target(path);
            var hasLog = File.Exists($"{file.FullName}-wal");
            var hasJournal = File.Exists($"{file.FullName}-journal");
            file.Refresh();
            if (file is { Exists: true, Length: > 0 })
            {
                return;
            }

            // SQLite deletes the log of a file that is empty, and with it what was acknowledged. A journal beside an empty file is one that is being made.
            if (hasLog || (hasJournal && !file.Exists))
            {
                throw SqliteFailure.LogWithoutFile(path);
            }

            if (file.Exists)
            {
                Narrow(file);
            }
            else
            {
                Make(path, wasOpened);
            }
        }
    }

    /// <summary>Warns when others than the owner may read or write the file. It is left so: somebody may rely on it.</summary>
    public static void WarnOfOthers(string path, ILogger logger)
    {
        if (!OperatingSystem.IsWindows() && (Target(path).UnixFileMode & Others) != UnixFileMode.None)
        {
            logger.FileOpenToOthers(path);
        }
    }

    private static void Make(string path, bool wasOpened)
    {
        if (wasOpened)
        {
            throw SqliteFailure.Gone(path);
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // Before SQLite sees it: it gives -wal and -shm the mode of the file.
            options.UnixCreateMode = OwnerAlone;
        }

        try
        {
            new FileStream(path, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!File.Exists(path))
            {
                throw SqliteFailure.NotMade(path, exception);
            }
        }
    }

    // An empty file becomes ours; what somebody else owns stays as it is and is warned of.
    private static void Narrow(FileInfo file)
    {
        if (OperatingSystem.IsWindows() || (file.UnixFileMode & Others) == UnixFileMode.None)
        {
            return;
        }

        try
        {
            file.UnixFileMode &= OwnerAlone;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file.Refresh();
        }
    }

    // SQLite follows a link; its log and its journal stand beside what the link leads to.
    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
    }
}
