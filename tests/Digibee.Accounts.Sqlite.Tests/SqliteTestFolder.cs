using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

/// <summary>A folder of its own for one test, with an account database in it.</summary>
internal sealed class SqliteTestFolder : IDisposable
{
    public static readonly RecordKey Key = new("account", "default/test", "crm");

    private readonly List<SqliteAccountStore> _stores = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("accounts-").FullName;

    public string Database => Path.Combine(Folder, "accounts.db");

    public static StoredRecord Row(long revision = 1, RecordKey? key = null, int length = 4) => new()
    {
        Key = key ?? Key,
        Revision = revision,
        Type = "basic",
        Metadata = new byte[] { 1, 2, 3 },
        Payload = Enumerable.Range(0, length).Select(i => (byte)(i + revision)).ToArray(),
    };

    public SqliteAccountStore Open(Action<SqliteStoreOptions>? configure = null, ILogger<SqliteAccountStore>? logger = null)
    {
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        var store = new SqliteAccountStore(Database, options, TimeProvider.System, logger ?? NullLogger<SqliteAccountStore>.Instance);
        lock (_stores)
        {
            _stores.Add(store);
        }

        return store;
    }

    /// <summary>Runs SQL beside the store, as another program would.</summary>
    public object? Sql(string sql, string? file = null)
    {
        using var connection = new SqliteConnection($"Data Source={file ?? Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Writes this many heads at once, named n00000000 and so on, beside the store.</summary>
    public void Fill(int count) => Sql($"""
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)
        INSERT INTO record (kind, partition, name, revision, is_head, type, is_deleted, tag, metadata, payload)
        SELECT 'account', 'default/test', printf('n%08d', i), 1, 1, 'basic', 0, i, x'010203', randomblob(300) FROM n
        """);

    public void CloseStores()
    {
        foreach (var store in _stores)
        {
            store.Dispose();
        }
    }

    public void Dispose()
    {
        CloseStores();
        Directory.Delete(Folder, recursive: true);
    }
}
