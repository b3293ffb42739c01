namespace Digibee.Accounts;

/// <summary>One revision of one record. A store keeps it byte for byte and understands none of it.</summary>
public sealed record StoredRecord
{
    /// <summary>Gets where it lives.</summary>
    public required RecordKey Key { get; init; }

    /// <summary>Gets the revision. The caller chose it before sealing, because the seal covers it: greater than the head's, and at least the Unix time in microseconds.</summary>
    public required long Revision { get; init; }

    /// <summary>Gets the type id, for <see cref="RecordQuery.Type"/> only. At most 64 visible ASCII characters. Not trusted: the seal covers the true one.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the expiry to the millisecond, for <see cref="RecordQuery.ExpiresBefore"/> only. Not trusted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets whether this revision says "deleted". It then has no payload; older revisions stay until they are purged.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Gets what may be read without a key; at most 16,384 bytes. Covered by the seal, so it must come back unchanged to the byte.</summary>
    public required ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Gets the sealed bytes; at most 1,048,664. Empty in a deleted revision and in a listing without payloads.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Gets the store's tag for this row; ignored when writing. It changes with every write of the row and is never used again for the same key.</summary>
    public string? ETag { get; init; }
}
