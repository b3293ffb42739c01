namespace Digibee.Accounts;

/// <summary>The last changes, each with its number: what the feed reads in every process.</summary>
internal static class SqliteChanges
{
    /// <summary>How many changes back a watcher may be. One that is further is told that anything may have changed.</summary>
    public const long Capacity = 10_000;

    private const long BatchSize = 1_000;

    public static void Add(SqliteSession session, RecordKey key, long revision)
    {
        // Never given again in this file, unless the write is rolled back.
        var sequence = session.Scalar("UPDATE sequence SET value = value + 1 RETURNING value");
        session.Execute(
            "INSERT INTO change VALUES ($sequence, $kind, $partition, $name, $revision)",
            ("$sequence", sequence), ("$kind", key.Kind), ("$partition", key.Partition), ("$name", key.Name), ("$revision", revision));
        session.Execute("DELETE FROM change WHERE sequence <= $least", ("$least", sequence - Capacity));
    }

    /// <summary>Reads what came after a place; all of it or a part, in order.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="after">The last place; <see langword="null"/> at the beginning.</param>
    /// <returns>The changes and the new place. A batch that is interrupted has no changes: anything may have happened before its place.</returns>
    public static SqliteChangeBatch Read(SqliteSession session, SqlitePlace? after)
    {
        // The place and the changes as of one moment: a writer may delete what is too far back between two reads.
        session.Execute("BEGIN");
        var batch = Collect(session, after);
        session.Execute("ROLLBACK");
        return batch;
    }

    private static SqliteChangeBatch Collect(SqliteSession session, SqlitePlace? after)
    {
        // Deletions reach back from the newest change, which is no further than this number.
        var last = session.Scalar("SELECT value FROM sequence");
        var end = new SqlitePlace(session.FileNumber, last);
        if (after is not { } start || start.File != end.File || last < start.Number || last - start.Number > Capacity)
        {
            return new SqliteChangeBatch([], end, IsInterrupted: true);
        }

        var place = start.Number;
        if (last == place)
        {
            return new SqliteChangeBatch([], end);
        }

        var changes = new List<RecordChange>();
        using var reader = session.Command(
            "SELECT sequence, kind, partition, name, revision FROM change WHERE sequence > $after AND sequence <= $last ORDER BY sequence LIMIT $limit",
            ("$after", place), ("$last", last), ("$limit", BatchSize)).ExecuteReader();
        while (reader.Read())
        {
            changes.Add(new RecordChange(new RecordKey(reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetInt64(4)));
            place = reader.GetInt64(0);
        }

        return changes.Count == BatchSize ? new SqliteChangeBatch(changes, end with { Number = place }, HasMore: place < last) : new SqliteChangeBatch(changes, end);
    }
}
