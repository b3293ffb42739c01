using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Reads <see cref="Columns"/> and, if it is there, the payload behind them. False when the row holds what we never write.</summary>
    public static bool TryRead(SqliteDataReader reader, RecordKey key, [NotNullWhen(true)] out StoredRecord? row)
    {
        row = TryReadExpiry(reader, 2, out var expiresAt)
            ? new StoredRecord
            {
                Key = key,
                Revision = reader.GetInt64(0),
                Type = reader.GetString(1),
                ExpiresAt = expiresAt,
                IsDeleted = reader.GetInt64(3) != 0,
                ETag = SqliteTag.Text(reader.GetInt64(4)),
                Metadata = reader.GetFieldValue<byte[]>(5),
                Payload = reader.FieldCount > PayloadColumn ? reader.GetFieldValue<byte[]>(PayloadColumn) : default,
            }
            : null;
        return row is not null;
    }

    public static bool TryReadExpiry(SqliteDataReader reader, int column, out DateTimeOffset? expiresAt)
    {
        expiresAt = null;
        if (reader.IsDBNull(column))
        {
            return true;
        }

        var milliseconds = reader.GetInt64(column);
        if (milliseconds < FirstExpiry || milliseconds > LastExpiry)
        {
            return false;
        }

        expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return true;
    }
}
