using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>A row as it is read.</summary>
internal static class SqliteRow
{
    public const string Columns = "revision, type, expires_at, is_deleted, tag, metadata";
    private const int PayloadColumn = 6;

    // What DateTimeOffset can hold, in Unix milliseconds.
    private static readonly long FirstExpiry = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LastExpiry = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Reads <see cref="Columns"/> and, if it is there, the payload behind them.</summary>
    /// <exception cref="InvalidDataException">The row holds what we never write.</exception>
    public static StoredRecord Read(SqliteDataReader reader, RecordKey key) => new()
    {
        Key = key,
        Revision = reader.GetInt64(0),
        Type = reader.GetString(1),
        ExpiresAt = Expiry(reader, 2),
        IsDeleted = reader.GetInt64(3) != 0,
        ETag = SqliteTag.Text(reader.GetInt64(4)),
        Metadata = reader.GetFieldValue<byte[]>(5),
        Payload = reader.FieldCount > PayloadColumn ? reader.GetFieldValue<byte[]>(PayloadColumn) : default,
    };

    public static DateTimeOffset? Expiry(SqliteDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
        {
            return null;
        }

        var milliseconds = reader.GetInt64(column);
        return milliseconds >= FirstExpiry && milliseconds <= LastExpiry ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw new InvalidDataException();
    }
}
