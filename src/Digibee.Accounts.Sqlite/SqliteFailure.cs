using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>What went wrong with the file, said in a way that tells what to do.</summary>
internal static class SqliteFailure
{
    // https://www.sqlite.org/rescode.html
    public const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int TooBig = 18;
    private const int NotADatabase = 26;
    private const int NoRoomForSharedMemory = InputOutput | (19 << 8);

    // The provider answers NULL, which no column that is read this way may hold, with InvalidOperationException.
    public static bool IsDamage(Exception exception) => exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase or TooBig } || IsNull(exception);

    public static bool IsNull(Exception exception) => exception is InvalidOperationException and not ObjectDisposedException;

    // What SQLite would say if it looked; wrapped like the rest.
    public static SqliteException Damage(string what) => new(what, Corrupt);

    /// <summary>Wraps what SQLite said. Its messages name columns and files, never a value.</summary>
    public static AccountUnavailableException From(SqliteException exception, string path, string? accountName)
    {
        // The shared memory could not grow; even a reader needs it.
        var code = exception.SqliteExtendedErrorCode == NoRoomForSharedMemory ? Full : exception.SqliteErrorCode;
        var (isTransient, what) = code switch
        {
            Busy or Locked or Protocol => (true, "is kept locked by another process; nothing was written. Try again, or look for a process that holds a transaction open"),
            NoMemory => (true, "could not be read: there is not enough memory. Try again"),
            InputOutput => (true, "could not be read or written: the disk reported an error. Try again; if it stays, look at the disk"),
            Full => (false, "could not be written: the disk, or the quota, is full; nothing was written. Make room"),
            ReadOnly => (false, "cannot be written by this process; nothing was written. Let the process write the file and its folder"),
            CannotOpen => (false, "cannot be opened. Let the process read and write the file and its folder"),
            Corrupt => (false, "is damaged; nothing was repaired. Stop every process and restore a backup"),
            TooBig => (false, "holds more in one row than this library writes; it was left as it is. Restore a backup"),
            NotADatabase => (false, "is not a SQLite database; it was left as it is. Name another file"),
            _ => (false, $"could not be used: SQLite reported {exception.SqliteErrorCode} ({exception.SqliteExtendedErrorCode})"),
        };
        return new AccountUnavailableException(accountName, $"The account database '{path}' {what}.", isTransient, exception);
    }

    public static AccountUnavailableException Foreign(string path) =>
        new(null, $"'{path}' is a database of another program; it was left as it is. Name another file.", isTransient: false);

    public static AccountUnavailableException Forged(string path) =>
        new(null, $"The account database '{path}' holds a table, a view or a trigger that this library never makes; it runs none of them and left the file as it is. Find out who could write the file, and restore a backup.", isTransient: false);

    public static AccountUnavailableException Newer(string path, long version) =>
        new(null, $"The account database '{path}' has schema version {version}; this version of Digibee.Accounts.Sqlite knows version {SqliteSchema.Version} and older. Update the package; nothing was changed.", isTransient: false);

    public static AccountUnavailableException Gone(string path) =>
        new(null, $"The account database '{path}' was deleted or moved while it was in use, or an empty one was put in its place. Stop every process and put it back, or restore a backup; nothing is made in its place.", isTransient: false);

    public static AccountUnavailableException Moved(string path, string? accountName) =>
        new(accountName, $"The account database '{path}' was deleted or replaced during the call; nothing was written to what stands there now. Try again if it was replaced on purpose.", isTransient: false);

    public static AccountUnavailableException LogWithoutFile(string path) =>
        new(null, $"The account database '{path}' is gone or empty, but its log is still beside it and may hold what was acknowledged; nothing was made. Put the file back beside its log. To begin anew, move '{path}-wal' or '{path}-journal' away.", isTransient: false);

    public static AccountUnavailableException NoLog(string path) =>
        new(null, $"The account database '{path}' cannot have a write-ahead log where it is. Put it on a local disk, and let no other program use it.", isTransient: false);

    public static AccountUnavailableException Occupied(string path, string? accountName) =>
        new(accountName, $"The account database '{path}' was written by other calls of this process for all the time that one may wait; nothing was written. Try again.", isTransient: true);

    public static AccountUnavailableException NotMade(string path, Exception exception) =>
        new(null, $"The account database '{path}' could not be made. Its folder must exist, and this process must be allowed to write there.", isTransient: false, exception);

    public static AccountUnavailableException Unreadable(string path, string? accountName) =>
        new(accountName, $"A row of the account database '{path}' holds what this library never writes; it was left as it is. Restore a backup.", isTransient: false);
}
