namespace Digibee.Accounts;

/// <summary>A query as a walk over keys in order: where it starts, where it ends, and which rows on the way are meant.</summary>
internal readonly struct RecordSelection(RecordQuery query)
{
    /// <summary>Gets the least key that can hold a row of the page.</summary>
    public RecordKey First
    {
        get
        {
            var first = new RecordKey(query.Kind, query.Partition ?? "", query.Partition is null ? "" : query.Name ?? query.NamePrefix ?? "");
            return query.After is { } after && new RecordKey(query.Kind, after.Partition, after.Name) is var seen && InMemoryRecord.Compare(seen, first) > 0
                ? seen
                : first;
        }
    }

    /// <summary>Tells whether neither this key nor any after it can hold a row.</summary>
    public bool EndsBefore(RecordKey key)
    {
        if (key.Kind != query.Kind)
        {
            return true;
        }

        if (query.Partition is null)
        {
            return false;
        }

        // First is in the partition or behind it: another partition is a later one.
        return key.Partition != query.Partition
            || (query.Name is not null && string.CompareOrdinal(key.Name, query.Name) > 0)
            || (query.NamePrefix is not null && string.CompareOrdinal(key.Name, query.NamePrefix) > 0 && !key.Name.StartsWith(query.NamePrefix, StringComparison.Ordinal));
    }

    /// <summary>Gets the rows of a key that the walk passes: its head, or its history behind the last row seen.</summary>
    public ReadOnlySpan<StoredRecord> Rows(InMemoryRecord record)
    {
        var resumed = query.After is { } after && after.Partition == record.Key.Partition && after.Name == record.Key.Name ? after.Revision : (long?)null;
        if (!query.IncludeHistory)
        {
            // A key whose head was listed is done, even when it has a newer head by now.
            return resumed is null ? record.Revisions[^1..] : [];
        }

        var rows = record.Revisions;
        while (resumed is not null && !rows.IsEmpty && rows[0].Revision <= resumed)
        {
            rows = rows[1..];
        }

        return rows;
    }

    public bool Selects(StoredRecord row) =>
        (query.IncludeDeleted || !row.IsDeleted)
        && (query.Name is null || row.Key.Name == query.Name)
        && (query.NamePrefix is null || row.Key.Name.StartsWith(query.NamePrefix, StringComparison.Ordinal))
        && (query.Type is null || row.Type == query.Type)
        && (query.ExpiresBefore is null || row.ExpiresAt < query.ExpiresBefore);
}
