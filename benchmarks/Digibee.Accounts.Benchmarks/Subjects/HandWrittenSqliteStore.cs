using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>The peer of the SQLite store: a table of JSON under the default data protector, one pooled connection a call, durable as ours is.</summary>
internal sealed class HandWrittenSqliteStore : IDisposable
{
    private readonly DefaultDataProtector _protector = new();
    private readonly string _connectionString;

    public HandWrittenSqliteStore(string path)
    {
        _connectionString = $"Data Source={path}";
        using var connection = Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "CREATE TABLE account (name TEXT PRIMARY KEY, data BLOB NOT NULL)");
    }

    public void Save(string name, HandWrittenCredential credential)
    {
        using var connection = Open();
        Execute(connection, "INSERT INTO account VALUES ($name, $data)", ("$name", name), ("$data", _protector.Protect(JsonSerializer.SerializeToUtf8Bytes(credential))));
    }

    public HandWrittenCredential Get(string name)
    {
        using var connection = Open();
        return JsonSerializer.Deserialize<HandWrittenCredential>(_protector.Unprotect(Read(connection, name)))!;
    }

    public void Reseal(string name)
    {
        using var connection = Open();
        var data = _protector.Protect(_protector.Unprotect(Read(connection, name)));
        Execute(connection, "UPDATE account SET data = $data WHERE name = $name", ("$name", name), ("$data", data));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _protector.Dispose();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static byte[] Read(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM account WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return (byte[])command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
