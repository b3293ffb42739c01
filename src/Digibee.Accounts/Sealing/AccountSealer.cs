using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Seals and opens account records with the keys of one ring: suite 1. Safe for concurrent use.</summary>
internal sealed class AccountSealer
{
    // Enough for 1,389 bytes of metadata. Nothing in a context is secret.
    private const int StackLength = 2_048;

    private readonly KeyRing _keyRing;
    private readonly Action<Span<byte>> _random;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="keyRing">The keys: the first seals, all open. Whoever made the ring disposes it.</param>
    public AccountSealer(KeyRing keyRing)
        : this(keyRing, RandomNumberGenerator.Fill)
    {
    }

    /// <summary>Initializes a new instance for tests with known answers.</summary>
    /// <param name="keyRing">The keys.</param>
    /// <param name="random">Stands in for the random number generator.</param>
    internal AccountSealer(KeyRing keyRing, Action<Span<byte>> random)
    {
        _keyRing = keyRing;
        _random = random;
    }

    /// <summary>Seals content under the ring's first key.</summary>
    /// <param name="context">What the record is bound to: it opens with exactly this and nothing else.</param>
    /// <param name="plaintext">The content; at most 1,048,575 bytes.</param>
    /// <returns>The sealed record: 89 to 152 bytes longer than the content.</returns>
    /// <exception cref="ArgumentException">A field of <paramref name="context"/> is out of range.</exception>
    /// <exception cref="AccountSealException">The content is too large.</exception>
    /// <exception cref="ObjectDisposedException">The key ring was disposed.</exception>
    public byte[] Seal(in SealContext context, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> buffer = context.BufferLength <= StackLength ? stackalloc byte[StackLength] : new byte[context.BufferLength];
        var encoded = context.Encode(buffer);
        return plaintext.Length <= SealedRecord.MaxPlaintextLength
            ? SealSuite.Seal(_keyRing.Primary, SealKind.Account, encoded, plaintext, _random)
            : throw SealRefusal.ToSeal(context);
    }

    /// <summary>Opens a record.</summary>
    /// <param name="context">What was asked for, not what the row says.</param>
    /// <param name="sealedRecord">The record, which is left as it is whatever comes of it.</param>
    /// <returns>The content. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">A field of <paramref name="context"/> is out of range.</exception>
    /// <exception cref="AccountSealException">The record does not open: see <see cref="AccountSealException.Reason"/>.</exception>
    /// <exception cref="ObjectDisposedException">The key ring was disposed.</exception>
    public SecretBuffer Open(in SealContext context, ReadOnlySpan<byte> sealedRecord)
    {
        Span<byte> buffer = context.BufferLength <= StackLength ? stackalloc byte[StackLength] : new byte[context.BufferLength];
        var encoded = context.Encode(buffer);
        SecretBuffer? plaintext = null;
        var failure = SealedRecord.Check(sealedRecord, SealKind.Account)
            ?? _keyRing.TryGet(SealedRecord.KeyId(sealedRecord), out var key)
            ?? SealSuite.TryOpen(key!, encoded, sealedRecord, out plaintext);
        return failure is { } reason ? throw SealRefusal.ToOpen(context, reason, sealedRecord) : plaintext!;
    }

    /// <summary>Tells whether a record should be sealed again: whatever is not of today's suite and under the ring's first key, so that what cannot be opened is found by trying.</summary>
    /// <remarks>Reads the header only. Until the record was opened, the answer is a hint.</remarks>
    /// <param name="sealedRecord">The record.</param>
    /// <returns>Whether its header is another than <see cref="Seal"/> writes now.</returns>
    /// <exception cref="ObjectDisposedException">The key ring was disposed.</exception>
    public bool NeedsReseal(ReadOnlySpan<byte> sealedRecord)
    {
        Span<byte> start = stackalloc byte[SealedRecord.NonceOffset];
        SealedRecord.WriteStart(start, SealKind.Account, _keyRing.Primary.Id);
        return !sealedRecord.StartsWith(start);
    }
}
