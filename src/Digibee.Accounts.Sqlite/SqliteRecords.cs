using System.Runtime.InteropServices;

namespace Digibee.Accounts;

/// <summary>Reads and writes the rows of one key. Writes run inside a transaction that no other process can write beside.</summary>
internal static class SqliteRecords
{
    private const string KeyIs = "kind = $kind AND partition = $partition AND name = $name";

    public static StoredRecord? Get(SqliteSession session, RecordKey key, string path, string? accountName)
    {
        using var reader = session.Command($"SELECT {SqliteRow.Columns}, payload FROM record WHERE {KeyIs} AND is_head = 1", ByKey(key)).ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        return SqliteRow.TryRead(reader, key, out var row) ? row : throw SqliteFailure.Unreadable(path, accountName);
    }

    public static string? Append(SqliteSession session, StoredRecord record, string? expectedETag, int keep)
    {
        var head = FindHead(session, record.Key);
        if (head is null ? expectedETag is not null : !SqliteTag.Is(head.Value.Tag, expectedETag))
        {
            return null;
        }

        if (head is { } replaced)
        {
            if (record.Revision <= replaced.Revision)
            {
                throw RecordRules.RevisionDoesNotGrow();
            }

            session.Execute("UPDATE record SET is_head = 0 WHERE id = $id", ("$id", replaced.Id));
        }

        var tag = SqliteTag.New();
        session.Execute(
            "INSERT INTO record (kind, partition, name, revision, is_head, type, expires_at, is_deleted, tag, metadata, payload) VALUES ($kind, $partition, $name, $revision, 1, $type, $expires, $deleted, $tag, $metadata, $payload)",
            ("$kind", record.Key.Kind), ("$partition", record.Key.Partition), ("$name", record.Key.Name), ("$revision", record.Revision), ("$type", record.Type),
            ("$expires", record.ExpiresAt?.ToUnixTimeMilliseconds()), ("$deleted", record.IsDeleted ? 1L : 0L), ("$tag", tag), ("$metadata", Bytes(record.Metadata)), ("$payload", Bytes(record.Payload)));
        session.Execute(
            $"DELETE FROM record WHERE {KeyIs} AND revision <= (SELECT revision FROM record WHERE {KeyIs} ORDER BY revision DESC LIMIT 1 OFFSET $keep)",
            ("$kind", record.Key.Kind), ("$partition", record.Key.Partition), ("$name", record.Key.Name), ("$keep", (long)keep));
        SqliteChanges.Add(session, record.Key, record.Revision);
        return SqliteTag.Text(tag);
    }

    public static string? Replace(SqliteSession session, StoredRecord record, string expectedETag)
    {
        var key = record.Key;
        long id;
        using (var reader = session.Command(
            $"SELECT id, tag, is_deleted FROM record WHERE {KeyIs} AND revision = $revision",
            ("$kind", key.Kind), ("$partition", key.Partition), ("$name", key.Name), ("$revision", record.Revision)).ExecuteReader())
        {
            if (!reader.Read() || !SqliteTag.Is(reader.GetInt64(1), expectedETag))
            {
                return null;
            }

            if (reader.GetInt64(2) != 0 && !record.Payload.IsEmpty)
            {
                throw new ArgumentException("The stored revision says \"deleted\"; it has no payload to replace.", nameof(record));
            }

            id = reader.GetInt64(0);
        }

        var tag = SqliteTag.New();
        session.Execute("UPDATE record SET payload = $payload, tag = $tag WHERE id = $id", ("$payload", Bytes(record.Payload)), ("$tag", tag), ("$id", id));
        return SqliteTag.Text(tag);
    }

    public static bool Purge(SqliteSession session, RecordKey key, string expectedETag)
    {
        if (FindHead(session, key) is not { } head || !SqliteTag.Is(head.Tag, expectedETag))
        {
            return false;
        }

        session.Execute($"DELETE FROM record WHERE {KeyIs}", ByKey(key));
        SqliteChanges.Add(session, key, head.Revision);
        return true;
    }

    private static (long Id, long Revision, long Tag)? FindHead(SqliteSession session, RecordKey key)
    {
        using var reader = session.Command($"SELECT id, revision, tag FROM record WHERE {KeyIs} AND is_head = 1", ByKey(key)).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)) : null;
    }

    private static (string Name, object? Value)[] ByKey(RecordKey key) => [("$kind", key.Kind), ("$partition", key.Partition), ("$name", key.Name)];

    // Binding needs an array, and the store has copied the caller's bytes into arrays of their own.
    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : memory.ToArray();
}
