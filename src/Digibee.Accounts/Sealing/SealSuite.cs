using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Suite 1: a key of its own for each record by HKDF-SHA-512, AES-256-GCM, and a commitment to key, header and context.</summary>
/// <remarks>The context goes into the derivation and not into GCM's associated data: so the commitment covers it, and a record in the wrong place is told apart from damaged bytes.</remarks>
internal static class SealSuite
{
    private const int KeyLength = 32;
    private const int HedgeLength = 12;

    /// <summary>Seals a plaintext of at most <see cref="SealedRecord.MaxPlaintextLength"/> bytes.</summary>
    /// <param name="key">The key to derive the record's key from.</param>
    /// <param name="kind">What the record holds.</param>
    /// <param name="context">What the record is bound to.</param>
    /// <param name="plaintext">The content.</param>
    /// <param name="random">Fills a span with random bytes.</param>
    /// <returns>The sealed record.</returns>
    public static byte[] Seal(RingKey key, SealKind kind, in EncodedContext context, ReadOnlySpan<byte> plaintext, Action<Span<byte>> random)
    {
        var record = GC.AllocateUninitializedArray<byte>(SealedRecord.LengthFor(plaintext.Length));

        // The plaintext is in the record until it is encrypted in place: pinned, the garbage collector leaves no copy of it behind.
        using var pinned = new PinnedGCHandle<byte[]>(record);
        var message = record.AsSpan(SealedRecord.CiphertextOffset..^SealedRecord.TagLength);
        Span<byte> recordKey = stackalloc byte[RingKey.RecordKeyLength];
        try
        {
            Pad(plaintext, message);
            SealedRecord.WriteStart(record, kind, key.Id);
            WriteNonce(key, context, message, random, record.AsSpan(SealedRecord.NonceOffset, SealedRecord.NonceLength));
            key.ExpandRecordKey(record.AsSpan(0, SealedRecord.HeaderLength), context, recordKey);
            recordKey[KeyLength..].CopyTo(record.AsSpan(SealedRecord.CommitmentOffset));

            using var aes = new AesGcm(recordKey[..KeyLength], SealedRecord.TagLength);
            aes.Encrypt(GcmNonce(record), message, message, record.AsSpan(^SealedRecord.TagLength..));
            return record;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(record);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(recordKey);
        }
    }

    /// <summary>Opens a record whose shape was checked.</summary>
    /// <param name="key">The key with the record's key id.</param>
    /// <param name="context">What the record must be bound to.</param>
    /// <param name="record">The record.</param>
    /// <param name="plaintext">The content, when the result is <see langword="null"/>.</param>
    /// <returns>Why the record does not open, or <see langword="null"/>.</returns>
    public static AccountSealFailure? TryOpen(RingKey key, in EncodedContext context, ReadOnlySpan<byte> record, out SecretBuffer? plaintext)
    {
        plaintext = null;
        Span<byte> recordKey = stackalloc byte[RingKey.RecordKeyLength];
        try
        {
            key.ExpandRecordKey(record[..SealedRecord.HeaderLength], context, recordKey);
            if (!CryptographicOperations.FixedTimeEquals(recordKey[KeyLength..], record.Slice(SealedRecord.CommitmentOffset, SealedRecord.CommitmentLength)))
            {
                return AccountSealFailure.ContextMismatch;
            }

            plaintext = Decrypt(recordKey[..KeyLength], record);
            return plaintext is null ? AccountSealFailure.Corrupt : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(recordKey);
        }
    }

    private static SecretBuffer? Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        var ciphertext = record[SealedRecord.CiphertextOffset..^SealedRecord.TagLength];
        var message = new SecretBuffer(ciphertext.Length, ciphertext.Length);
        var opened = false;
        try
        {
            using var aes = new AesGcm(key, SealedRecord.TagLength);
            aes.Decrypt(GcmNonce(record), ciphertext, record[^SealedRecord.TagLength..], message.Span);
            opened = TryUnpad(message);
            return opened ? message : null;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            if (!opened)
            {
                message.Dispose();
            }
        }
    }

    // The first half of N also depends on what is sealed: a generator that repeats itself, as in a restored virtual machine, then repeats N for the same record,
    // revision and content only. The second half is the GCM nonce and stays pure generator output (SP 800-38D, 8.2.2).
    private static void WriteNonce(RingKey key, in EncodedContext context, ReadOnlySpan<byte> message, Action<Span<byte>> random, Span<byte> nonce)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        random(nonce);
        key.Hedge(nonce, context, message, hash);
        hash[..HedgeLength].CopyTo(nonce);
        CryptographicOperations.ZeroMemory(hash);
    }

    private static ReadOnlySpan<byte> GcmNonce(ReadOnlySpan<byte> record) => record[(SealedRecord.NonceOffset + HedgeLength)..SealedRecord.HeaderLength];

    private static void Pad(ReadOnlySpan<byte> plaintext, Span<byte> message)
    {
        plaintext.CopyTo(message);
        message[plaintext.Length] = 0x80;
        message[(plaintext.Length + 1)..].Clear();
    }

    // After the tag, so nobody can learn anything by it; still, what the format does not allow is not opened.
    private static bool TryUnpad(SecretBuffer message)
    {
        var lastBlock = message.Span[^SealedRecord.PaddingBlock..];
        var end = lastBlock.LastIndexOfAnyExcept((byte)0);
        if (end < 0 || lastBlock[end] != 0x80)
        {
            return false;
        }

        message.Truncate(message.Span.Length - SealedRecord.PaddingBlock + end);
        return true;
    }
}
