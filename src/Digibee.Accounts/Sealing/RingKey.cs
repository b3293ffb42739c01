using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>One root key, ready for use: its id, and what is derived from it for each record. Safe for concurrent use.</summary>
internal sealed class RingKey : IDisposable
{
    /// <summary>The bytes that a record gets: 32 of the encryption key, then 32 of the commitment.</summary>
    public const int RecordKeyLength = 64;

    private readonly KeyedHashPool _expand;
    private readonly KeyedHashPool _hedge;

    private RingKey(ulong id, byte[] pinnedPrk, byte[] pinnedHedgeKey)
    {
        Id = id;
        _expand = new KeyedHashPool(HashAlgorithmName.SHA512, pinnedPrk);
        _hedge = new KeyedHashPool(HashAlgorithmName.SHA256, pinnedHedgeKey);
    }

    /// <summary>Gets the key's id. It is derived from the key and not secret.</summary>
    public ulong Id { get; }

    /// <summary>Derives a key. The root key is not kept: the caller wipes it.</summary>
    /// <param name="rootKey">32 random bytes.</param>
    public static RingKey FromRootKey(ReadOnlySpan<byte> rootKey)
    {
        var prk = GC.AllocateUninitializedArray<byte>(KeySchedule.PrkLength, pinned: true);
        var hedgeKey = GC.AllocateUninitializedArray<byte>(KeySchedule.HedgeKeyLength, pinned: true);
        KeySchedule.Extract(rootKey, prk);
        KeySchedule.HedgeKey(prk, hedgeKey);
        return new RingKey(KeySchedule.KeyId(prk), prk, hedgeKey);
    }

    /// <summary>Derives the key and the commitment of one record: one block of HKDF-Expand, which is one HMAC-SHA-512.</summary>
    /// <param name="header">The record's first 40 bytes.</param>
    /// <param name="context">What the record is bound to.</param>
    /// <param name="recordKey">Takes <see cref="RecordKeyLength"/> bytes. The caller wipes them.</param>
    public void ExpandRecordKey(ReadOnlySpan<byte> header, in EncodedContext context, Span<byte> recordKey)
    {
        var input = context.ForExpand;
        KeySchedule.RecordLabel.CopyTo(input);
        header.CopyTo(input[KeySchedule.RecordLabelLength..]);
        input[^1] = 1;
        _expand.Compute(input, [], recordKey);
    }

    /// <summary>Computes the hash whose first 12 bytes are the hedged part of N.</summary>
    /// <param name="random">24 bytes from the generator.</param>
    /// <param name="context">What the record is bound to.</param>
    /// <param name="paddedPlaintext">The plaintext with its padding.</param>
    /// <param name="hash">Takes 32 bytes.</param>
    public void Hedge(ReadOnlySpan<byte> random, in EncodedContext context, ReadOnlySpan<byte> paddedPlaintext, Span<byte> hash)
    {
        var input = context.ForHedge;
        random.CopyTo(input);
        BinaryPrimitives.WriteUInt64BigEndian(input[SealedRecord.NonceLength..], (ulong)context.Bytes.Length);
        _hedge.Compute(input, paddedPlaintext, hash);
    }

    public void Dispose()
    {
        _expand.Dispose();
        _hedge.Dispose();
    }
}
