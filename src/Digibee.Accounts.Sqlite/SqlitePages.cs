using Microsoft.Data.Sqlite;

namespace Digibee.Accounts;

/// <summary>Reads one page: walks an index from the position on, and fetches each row that passes by its id, so that one that cannot be read is skipped alone.</summary>
internal sealed class SqlitePages(RecordQuery query, Action<string, string> onUnreadable)
{
    /// <summary>The most rows one page looks at, so that a filter nothing passes ends soon. Such a page is short.</summary>
    public const int MaxRowsPerPage = 10_000;

    private const string NotOurs = "it holds what this library never writes";
    private const string Walk = "SELECT id, partition, name, revision, type, expires_at, is_deleted FROM record INDEXED BY";
    private const string Range = "kind = $kind AND (partition, name, revision) > ($partition, $name, $revision) ORDER BY partition, name, revision";
    private const string Heads = $"{Walk} record_head WHERE is_head = 1 AND {Range}";
    private const string History = $"{Walk} record_revision WHERE {Range}";
    private const string Row = $"SELECT {SqliteRow.Columns} FROM record WHERE id = $id";
    private const string RowWithPayload = $"SELECT {SqliteRow.Columns}, payload FROM record WHERE id = $id";

    private readonly List<StoredRecord> _rows = [];

    public RecordPage Read(SqliteSession session)
    {
        // Index and rows as of one moment.
        session.Execute("BEGIN");
        var next = Collect(session);

        // Ends the reading, even after a damaged page, where COMMIT would fail.
        session.Execute("ROLLBACK");
        return new RecordPage(_rows, next);
    }

    // Gives the place to go on from; null at the end.
    private RecordPosition? Collect(SqliteSession session)
    {
        var start = Start();
        var last = start;
        using var walk = session.Command(
            query.IncludeHistory ? History : Heads,
            ("$kind", query.Kind), ("$partition", start.Partition), ("$name", start.Name), ("$revision", start.Revision)).ExecuteReader();
        for (var passed = 0; walk.Read(); passed++)
        {
            var key = new RecordKey(query.Kind, walk.GetString(1), walk.GetString(2));
            if (EndsBefore(key))
            {
                return null;
            }

            // A damaged index may lead back to where it was: whoever lists would never come to an end.
            var position = new RecordPosition(key.Partition, key.Name, walk.GetInt64(3));
            if (Compare(position, last) <= 0)
            {
                throw SqliteFailure.Damage("The index is out of order.");
            }

            var isSelected = Selects(walk, key);
            if (passed == MaxRowsPerPage || (isSelected && _rows.Count == query.Limit))
            {
                return last;
            }

            if (isSelected)
            {
                Fetch(session, walk.GetInt64(0), key);
            }

            last = position;
        }

        return null;
    }

    // The walk begins behind this place. Revisions are greater than zero.
    private RecordPosition Start()
    {
        var first = new RecordPosition(query.Partition ?? "", query.Partition is null ? "" : query.Name ?? query.NamePrefix ?? "", 0);
        if (query.After is not { } after || Compare(after, first) < 0)
        {
            return first;
        }

        // A key whose head was listed is done, even when it has a newer head by now.
        return query.IncludeHistory ? after : after with { Revision = long.MaxValue };
    }

    private bool EndsBefore(RecordKey key) => query.Partition is not null
        && (key.Partition != query.Partition
            || (query.Name is not null && string.CompareOrdinal(key.Name, query.Name) > 0)
            || (query.NamePrefix is not null && string.CompareOrdinal(key.Name, query.NamePrefix) > 0 && !key.Name.StartsWith(query.NamePrefix, StringComparison.Ordinal)));

    private bool Selects(SqliteDataReader walk, RecordKey key)
    {
        if (!SqliteRow.TryReadExpiry(walk, 5, out var expiresAt))
        {
            onUnreadable(key.Name, NotOurs);
            return false;
        }

        return (query.IncludeDeleted || walk.GetInt64(6) == 0)
            && (query.Name is null || key.Name == query.Name)
            && (query.NamePrefix is null || key.Name.StartsWith(query.NamePrefix, StringComparison.Ordinal))
            && (query.Type is null || walk.GetString(4) == query.Type)
            && (query.ExpiresBefore is null || expiresAt < query.ExpiresBefore);
    }

    private void Fetch(SqliteSession session, long id, RecordKey key)
    {
        try
        {
            using var reader = session.Command(query.IncludePayload ? RowWithPayload : Row, ("$id", id)).ExecuteReader();
            if (reader.Read() && SqliteRow.TryRead(reader, key, out var row))
            {
                _rows.Add(row);
            }
            else
            {
                onUnreadable(key.Name, NotOurs);
            }
        }
        catch (Exception exception) when (SqliteFailure.IsDamage(exception))
        {
            onUnreadable(key.Name, "it is damaged");
        }
    }

    private static int Compare(RecordPosition left, RecordPosition right)
    {
        var order = string.CompareOrdinal(left.Partition, right.Partition);
        order = order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
        return order != 0 ? order : left.Revision.CompareTo(right.Revision);
    }
}
