using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Digibee.Accounts;

/// <summary>One connection with its prepared statements. One thread at a time.</summary>
internal sealed partial class SqliteSession : IDisposable
{
    private const int HasMovedOperation = 20;   // SQLITE_FCNTL_HAS_MOVED
    private static volatile bool _isForeignLibrary;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Gets or sets which of the files that stood under the path, one after another, this connection has open.</summary>
    public int FileNumber { get; set; }

    /// <summary>Sets how long each statement waits for other processes.</summary>
    public void WaitAtMost(TimeSpan time) => raw.sqlite3_busy_timeout(_connection.Handle!, (int)Math.Ceiling(time.TotalMilliseconds));

    /// <summary>Gets a statement, prepared at its first use, with these values in the order of their names.</summary>
    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        ref var command = ref CollectionsMarshal.GetValueRefOrAddDefault(_commands, sql, out var isPrepared);
        if (!isPrepared)
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            command!.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        }

        return command!;
    }

    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>Gets the number that a statement gives.</summary>
    /// <exception cref="SqliteException">There is none: what should hold it is damaged.</exception>
    public long Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Command(sql, values).ExecuteScalar() is long number ? number : throw SqliteFailure.Damage("A number is missing.");

    /// <summary>Tells whether the path leads to another file by now, or to none: what is written here would be lost.</summary>
    public bool HasMoved(string path)
    {
        if (_isForeignLibrary)
        {
            return !File.Exists(path);
        }

        try
        {
            // Where the system cannot tell (Windows, where an open file cannot be deleted), SQLite answers with an error.
            return FileControl(_connection.Handle!.DangerousGetHandle(), "main", HasMovedOperation, out var hasMoved) == 0 && hasMoved != 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // The program brings a SQLite of its own under another name.
            _isForeignLibrary = true;
            return !File.Exists(path);
        }
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        _connection.Dispose();
    }

    // The library that Microsoft.Data.Sqlite brings; SQLitePCLRaw does not offer this function.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(nint database, string schema, int operation, out int result);
}
