using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digibee.Accounts;

/// <summary>The file: made readable by its owner alone, opened with what durability and safety need, and never made again once it was there.</summary>
internal sealed class SqliteFile(string path, TimeSpan busyTimeout, TimeProvider time)
{
    // The greatest row there can be has 1,065,544 bytes and its header. A forged one must not fill the memory.
    private const int MaxRowLength = 2 * 1_048_576;

    // Closing any handle of a file lets go of every POSIX lock this process has on it, SQLite's included. So ours is closed before any connection of the process opens the file.
    private static readonly Lock Making = new();

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,

        // SQLite waits by itself (busy_timeout); beyond that the provider would only sleep in steps of 150 ms.
        DefaultTimeout = 1,
    }.ToString();

    private volatile bool _wasOpened;

    public string Path => path;

    /// <summary>Opens a connection to a file that is known to be ours.</summary>
    /// <exception cref="AccountUnavailableException">The file is gone, foreign, newer, or not to be had.</exception>
    /// <exception cref="SqliteException">SQLite reported something else.</exception>
    public SqliteSession Open()
    {
        Make();
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenOnce();
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteFailure.Busy && time.GetElapsedTime(start) < busyTimeout)
            {
                // Switching a new file to WAL does not wait for others by itself.
                Thread.Sleep(5);
            }
        }
    }

    private SqliteSession OpenOnce()
    {
        var connection = new SqliteConnection(_connectionString);
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}"));

            // A damaged or forged file must neither run code nor be followed blindly.
            session.Execute("PRAGMA trusted_schema = OFF");
            session.Execute("PRAGMA cell_size_check = ON");
            raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, MaxRowLength);

            // A commit is on the disk before it is acknowledged, that of the tables included.
            session.Execute("PRAGMA synchronous = FULL");
            SqliteSchema.Ensure(session, path);

            // What is purged or replaced is overwritten; a burst does not leave a large log behind.
            session.Execute("PRAGMA secure_delete = ON");
            session.Execute("PRAGMA journal_size_limit = 16777216");
            _wasOpened = true;
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Make()
    {
        lock (Making)
        {
            if (File.Exists(path))
            {
                return;
            }

            if (_wasOpened)
            {
                throw SqliteFailure.Gone(path);
            }

            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                // Before SQLite sees it: it gives -wal and -shm the mode of the file.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
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
    }
}
