namespace Digibee.Accounts;

/// <summary>What a sealed account record is bound to: the fields it was asked for by, never those of the row it was read from.</summary>
/// <remarks>Wider than <see cref="AccountAddress"/> on purpose: the seal takes the fields as they are, their grammar is checked above it.</remarks>
internal readonly ref struct SealContext
{
    public const int MaxRealmLength = 255;
    public const int MaxNameLength = 255;
    public const int MaxTypeLength = 64;
    public const int MaxMetadataLength = 16_384;

    /// <summary>Gets the partition, <c>realm/environment</c> for accounts; 1 to 255 bytes of UTF-8.</summary>
    public required string Realm { get; init; }

    /// <summary>Gets the record's name; 1 to 255 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type id; 1 to 64 ASCII characters.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the revision.</summary>
    public required ulong Revision { get; init; }

    /// <summary>Gets the exact stored bytes of everything kept in clear; at most 16,384.</summary>
    public required ReadOnlySpan<byte> Metadata { get; init; }

    /// <summary>Gets the bytes that <see cref="Encode"/> needs: at most five length prefixes, the fields, and the room around them.</summary>
    public int BufferLength =>
        EncodedContext.RoomBefore + (5 * sizeof(uint)) + MaxRealmLength + MaxNameLength + MaxTypeLength + sizeof(ulong) + Math.Min(Metadata.Length, MaxMetadataLength) + EncodedContext.RoomAfter;

    /// <summary>Encodes kind 01: each field in fixed order behind its length, so that no two contexts have the same bytes.</summary>
    /// <param name="buffer">Takes the encoding; <see cref="BufferLength"/> bytes.</param>
    /// <returns>The encoding, which lives in <paramref name="buffer"/>.</returns>
    /// <exception cref="ArgumentException">A field is out of range, or is text that has no UTF-8 form. The message names it and does not repeat it.</exception>
    public EncodedContext Encode(Span<byte> buffer)
    {
        var writer = new SealContextWriter(buffer);
        writer.WriteUtf8(Realm, MaxRealmLength, nameof(Realm));
        writer.WriteUtf8(Name, MaxNameLength, nameof(Name));
        writer.WriteAscii(Type, MaxTypeLength, nameof(Type));
        writer.WriteUInt64(Revision);
        writer.WriteBytes(Metadata, MaxMetadataLength, nameof(Metadata));
        return writer.ToContext();
    }
}
