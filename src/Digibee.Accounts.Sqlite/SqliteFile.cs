using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Digibee.Accounts;

/// <summary>The file: made readable by its owner alone, opened with what durability and safety need, and never made again once it was there.</summary>
internal sealed class SqliteFile(string path, ILogger logger)
{
    // The greatest row there can be has 1,065,544 bytes and its header. A forged one must not fill the memory.
    private const int MaxRowLength = 2 * 1_048_576;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,

        // SQLite waits by itself (busy_timeout). The provider would try again after that, in steps of 150 ms: at zero for ever, below it never.
        DefaultTimeout = -1,
    }.ToString();

    private volatile bool _wasOpened;
    private int _isWarned;

    public string Path => path;

    /// <summary>Opens a connection to a file that is known to be ours.</summary>
    /// <exception cref="AccountUnavailableException">The file is gone, foreign, newer, or not to be had.</exception>
    /// <exception cref="SqliteException">SQLite reported something else.</exception>
    public SqliteSession Open(SqliteDeadline deadline)
    {
        while (true)
        {
            try
            {
                // Known before it is looked at: another connection may make the tables meanwhile.
                var wasOpened = _wasOpened;
                SqliteCreation.Ensure(path, wasOpened);
                var session = OpenOnce(deadline, wasOpened);
                _wasOpened = true;
                if (Interlocked.Exchange(ref _isWarned, 1) == 0)
                {
                    SqliteCreation.WarnOfOthers(path, logger);
                }

                return session;
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteFailure.Busy && deadline.Left > TimeSpan.Zero)
            {
                // Switching a new file to WAL does not wait for others by itself.
                Thread.Sleep(5);
            }
        }
    }

    private SqliteSession OpenOnce(SqliteDeadline deadline, bool wasOpened)
    {
        var connection = new SqliteConnection(_connectionString);
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.WaitAtMost(deadline.Left);

            // A damaged or forged file must neither run code nor be followed blindly.
            session.Execute("PRAGMA trusted_schema = OFF");
            session.Execute("PRAGMA cell_size_check = ON");
            raw.sqlite3_limit(connection.Handle!, raw.SQLITE_LIMIT_LENGTH, MaxRowLength);

            // A commit is on the disk before it is acknowledged, that of the tables included. On macOS only F_FULLFSYNC empties the disk's own cache.
            session.Execute("PRAGMA synchronous = FULL");
            session.Execute("PRAGMA fullfsync = ON");
            session.Execute("PRAGMA checkpoint_fullfsync = ON");
            SqliteSchema.Ensure(session, path, wasOpened);

            // What is purged or replaced is overwritten; a burst does not leave a large log behind.
            session.Execute("PRAGMA secure_delete = ON");
            session.Execute("PRAGMA journal_size_limit = 16777216");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
