using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>The ranges <see cref="IAccountStore"/> promises to check, for every store of this library. Messages name what is wrong and never repeat it.</summary>
internal static class RecordRules
{
    public const int MaxKindLength = 32;
    public const int MaxPartitionLength = 129;
    public const int MaxNameLength = 255;
    public const int MaxTypeLength = 64;
    public const int MaxMetadataLength = 16_384;
    public const int MaxPayloadLength = 1_048_664;
    public const int MaxKeep = 100;
    public const int MaxLimit = 1_000;

    public static void CheckKey(RecordKey key, [CallerArgumentExpression(nameof(key))] string parameter = "")
    {
        CheckText(key.Kind, 1, MaxKindLength, nameof(key.Kind), parameter);
        CheckText(key.Partition, 0, MaxPartitionLength, nameof(key.Partition), parameter);
        CheckText(key.Name, 1, MaxNameLength, nameof(key.Name), parameter);
    }

    public static void CheckAppend(StoredRecord record, int keep)
    {
        ArgumentNullException.ThrowIfNull(record);
        CheckKey(record.Key, nameof(record));
        CheckText(record.Type, 0, MaxTypeLength, nameof(record.Type), nameof(record));
        CheckRevision(record);
        CheckPayload(record);
        if (record.Metadata.Length > MaxMetadataLength)
        {
            throw new ArgumentException($"Metadata may have at most {MaxMetadataLength:N0} bytes.", nameof(record));
        }

        if (keep is < 1 or > MaxKeep)
        {
            throw new ArgumentOutOfRangeException(nameof(keep), $"Keep 1 to {MaxKeep} revisions.");
        }
    }

    // A replacement is a key, a revision and a payload; what else the record holds is not looked at.
    public static void CheckReplace(StoredRecord record, string expectedETag)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(expectedETag);
        CheckKey(record.Key, nameof(record));
        CheckRevision(record);
        CheckPayload(record);
    }

    public static void CheckQuery(RecordQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckText(query.Kind, 1, MaxKindLength, nameof(query.Kind), nameof(query));
        CheckText(query.Partition ?? "", 0, MaxPartitionLength, nameof(query.Partition), nameof(query));
        CheckText(query.NamePrefix ?? "", 0, MaxNameLength, nameof(query.NamePrefix), nameof(query));
        CheckText(query.Type ?? "", 0, MaxTypeLength, nameof(query.Type), nameof(query));
        if (query.Name is not null)
        {
            CheckText(query.Name, 1, MaxNameLength, nameof(query.Name), nameof(query));
        }

        if (query.After is { } after)
        {
            CheckText(after.Partition, 0, MaxPartitionLength, nameof(after.Partition), nameof(query));
            CheckText(after.Name, 0, MaxNameLength, nameof(after.Name), nameof(query));
        }

        if (query.Limit is < 1 or > MaxLimit)
        {
            throw new ArgumentOutOfRangeException(nameof(query), $"Limit is 1 to {MaxLimit:N0} rows.");
        }
    }

    /// <summary>The caller's mistake that the head's tag alone does not show: the tag is right and the revision does not grow.</summary>
    public static ArgumentException RevisionDoesNotGrow() =>
        new("The revision must be greater than the head's. Choose max(head's revision + 1, Unix time in microseconds).", "record");

    /// <summary>An expiry as every store keeps it: UTC, to the millisecond.</summary>
    public static DateTimeOffset? Expiry(DateTimeOffset? expiresAt) =>
        expiresAt is { } time ? new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero) : null;

    private static void CheckRevision(StoredRecord record)
    {
        if (record.Revision < 1)
        {
            throw new ArgumentException("A revision is greater than zero.", nameof(record));
        }
    }

    private static void CheckPayload(StoredRecord record)
    {
        if (record.Payload.Length > MaxPayloadLength)
        {
            throw new ArgumentException($"A payload may have at most {MaxPayloadLength:N0} bytes.", nameof(record));
        }

        if (record.IsDeleted && !record.Payload.IsEmpty)
        {
            throw new ArgumentException("A revision that says \"deleted\" has no payload.", nameof(record));
        }
    }

    // Visible ASCII: what sorts by its bytes in every database, and none refuses (PostgreSQL keeps no NUL).
    private static void CheckText(string? text, int min, int max, string part, string parameter)
    {
        if (text is null || text.Length < min || text.Length > max || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"{part} must have {min} to {max} visible ASCII characters.", parameter);
        }
    }
}
