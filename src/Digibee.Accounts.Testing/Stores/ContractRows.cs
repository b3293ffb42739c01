namespace Digibee.Accounts;

/// <summary>The rows that contract cases write: everything in them follows from key and revision, so a reader can tell a whole row from a mixed one.</summary>
internal static class ContractRows
{
    public const string Kind = "account";
    public const string Partition = "contract/test";

    public static RecordKey Key(string name) => new(Kind, Partition, name);

    public static StoredRecord Row(RecordKey key, long revision) => new()
    {
        Key = key,
        Revision = revision,
        Type = "basic",
        Metadata = Bytes(revision, 40, salt: 1),
        Payload = Bytes(revision, 200, salt: 2),
    };

    /// <summary>Makes bytes of every value, another sequence for each seed.</summary>
    public static byte[] Bytes(long seed, int length, byte salt = 0)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)((seed * 167) + (i * 13) + (i >> 8) + salt);
        }

        return bytes;
    }

    public static RecordQuery All(string kind = Kind) => new() { Kind = kind, Limit = 1_000 };

    public static RecordPosition Position(StoredRecord row) => new(row.Key.Partition, row.Key.Name, row.Revision);

    public static bool Follows(RecordPosition before, RecordPosition after)
    {
        var order = string.CompareOrdinal(after.Partition, before.Partition);
        order = order != 0 ? order : string.CompareOrdinal(after.Name, before.Name);
        return (order != 0 ? order : after.Revision.CompareTo(before.Revision)) > 0;
    }

    public static IEnumerable<string> Names(IEnumerable<StoredRecord> rows) => rows.Select(static row => row.Key.Name);
}
