using System.Buffers.Binary;

namespace Digibee.Accounts;

/// <summary>The bytes of a sealed record, format version 1, big endian.</summary>
/// <remarks>
/// <code>
///  0  magic FE 44 41 | 3 version | 4 suite | 5 kind | 6 reserved 00 00 | 8 key id (8)
/// 16  N (24): 12 hedged bytes, then the 12 of the GCM nonce
/// 40  commitment (32) | 72 ciphertext (n, a multiple of 64) | 72+n GCM tag (16)
/// </code>
/// 0xFE occurs nowhere in UTF-8, so a record that was stored as text fails at its first byte. Key ids, kinds and the rest of the header are not secret; the commitment covers them.
/// </remarks>
internal static class SealedRecord
{
    public const byte Version = 1;
    public const byte Suite = 1;
    public const int VersionOffset = 3;
    public const int SuiteOffset = 4;
    public const int KindOffset = 5;
    public const int ReservedOffset = 6;
    public const int KeyIdOffset = 8;
    public const int NonceOffset = 16;
    public const int NonceLength = 24;
    public const int HeaderLength = 40;
    public const int CommitmentOffset = 40;
    public const int CommitmentLength = 32;
    public const int CiphertextOffset = 72;
    public const int TagLength = 16;
    public const int Overhead = CiphertextOffset + TagLength;

    /// <summary>The padded length of a plaintext is a multiple of this, so that a password's length does not show.</summary>
    public const int PaddingBlock = 64;

    public const int MinLength = Overhead + PaddingBlock;
    public const int MaxCiphertextLength = 1024 * 1024;

    /// <summary>The longest plaintext: padding takes one byte at least.</summary>
    public const int MaxPlaintextLength = MaxCiphertextLength - 1;

    private static ReadOnlySpan<byte> Magic => [0xFE, 0x44, 0x41];

    /// <summary>Computes the length of the record that seals a plaintext of at most <see cref="MaxPlaintextLength"/> bytes.</summary>
    public static int LengthFor(int plaintextLength) => Overhead + (((plaintextLength / PaddingBlock) + 1) * PaddingBlock);

    public static ulong KeyId(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64BigEndian(record[KeyIdOffset..]);

    /// <summary>Writes everything before N: what all records of one kind and key begin with.</summary>
    public static void WriteStart(Span<byte> record, SealKind kind, ulong keyId)
    {
        Magic.CopyTo(record);
        record[VersionOffset] = Version;
        record[SuiteOffset] = Suite;
        record[KindOffset] = (byte)kind;
        record[ReservedOffset] = 0;
        record[ReservedOffset + 1] = 0;
        BinaryPrimitives.WriteUInt64BigEndian(record[KeyIdOffset..], keyId);
    }

    /// <summary>Finds what makes some bytes no record of this kind, in the order that the format prescribes; <see langword="null"/> when their shape is right.</summary>
    public static AccountSealFailure? Check(ReadOnlySpan<byte> record, SealKind kind)
    {
        if (record.Length < MinLength)
        {
            return AccountSealFailure.Malformed;
        }

        if (!record.StartsWith(Magic))
        {
            return AccountSealFailure.UnknownFormat;
        }

        if (record[VersionOffset] != Version)
        {
            return AccountSealFailure.UnknownVersion;
        }

        if (record[SuiteOffset] != Suite)
        {
            return AccountSealFailure.UnknownSuite;
        }

        if (record[KindOffset] != (byte)kind)
        {
            return AccountSealFailure.WrongKind;
        }

        var ciphertextLength = record.Length - Overhead;
        if (record[ReservedOffset] != 0 || record[ReservedOffset + 1] != 0 || ciphertextLength % PaddingBlock != 0)
        {
            return AccountSealFailure.Malformed;
        }

        return ciphertextLength > MaxCiphertextLength ? AccountSealFailure.TooLarge : null;
    }
}
