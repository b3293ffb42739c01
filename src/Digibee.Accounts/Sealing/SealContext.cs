namespace Digibee.Accounts;

/// <summary>What a sealed account record is bound to: the fields it was asked for by, never those of the row it was read from.</summary>
internal readonly ref struct SealContext
{
    /// <summary>Gets the partition, <c>realm/environment</c> for accounts; 1 to 255 bytes of UTF-8.</summary>
    public required string Realm { get; init; }

    /// <summary>Gets the record's name; 1 to 255 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type id; 1 to 64 ASCII characters.</summary>
    public required string Type { get; init; }

    public required ulong Revision { get; init; }

    /// <summary>Gets the exact stored bytes of everything kept in clear; at most 16,384.</summary>
    public required ReadOnlySpan<byte> Metadata { get; init; }
}
