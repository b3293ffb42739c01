namespace Digibee.Accounts;

/// <summary>The kept revisions of one key. Rows are never changed in place, so whoever took one may read it without the lock.</summary>
internal sealed class InMemoryRecord(RecordKey key)
{
    private StoredRecord[] _revisions = [];

    /// <summary>Gets the order of all keys: by the bytes of kind, partition and name.</summary>
    public static IComparer<InMemoryRecord> Order { get; } = Comparer<InMemoryRecord>.Create(static (left, right) => Compare(left.Key, right.Key));

    public RecordKey Key { get; } = key;

    /// <summary>Gets the rows, oldest first. Empty only in a probe.</summary>
    public ReadOnlySpan<StoredRecord> Revisions => _revisions;

    public StoredRecord Head => _revisions[^1];

    // All parts are ASCII, whose order as UTF-16 is that of its bytes.
    public static int Compare(RecordKey left, RecordKey right)
    {
        var order = string.CompareOrdinal(left.Kind, right.Kind);
        order = order != 0 ? order : string.CompareOrdinal(left.Partition, right.Partition);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }

    public void Append(StoredRecord row, int keep)
    {
        var kept = Math.Min(_revisions.Length, keep - 1);
        _revisions = [.. _revisions.AsSpan(_revisions.Length - kept), row];
    }

    public int IndexOf(long revision)
    {
        var index = _revisions.Length - 1;
        while (index >= 0 && _revisions[index].Revision != revision)
        {
            index--;
        }

        return index;
    }

    public void Replace(int index, StoredRecord row) => _revisions[index] = row;
}
