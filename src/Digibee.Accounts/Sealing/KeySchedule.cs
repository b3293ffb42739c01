using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>What is derived from a root key when it is loaded: HKDF with SHA-512 (RFC 5869), extracted once, expanded under one label for each purpose.</summary>
internal static class KeySchedule
{
    public const int RootKeyLength = 32;
    public const int PrkLength = 64;
    public const int HedgeKeyLength = 32;
    public const int RecordLabelLength = 16;

    /// <summary>Gets the label of record keys; the record's header and context follow it.</summary>
    public static ReadOnlySpan<byte> RecordLabel => "digibee.acct/v1\0"u8;

    private static ReadOnlySpan<byte> Salt => "digibee.accounts/ring-key/v1"u8;

    private static ReadOnlySpan<byte> KeyIdLabel => "digibee.accounts/v1/key-id"u8;

    private static ReadOnlySpan<byte> HedgeLabel => "digibee.accounts/v1/hedge"u8;

    public static void Extract(ReadOnlySpan<byte> rootKey, Span<byte> prk) => HKDF.Extract(HashAlgorithmName.SHA512, rootKey, Salt, prk);

    /// <summary>Derives the id, so that nodes need not agree on one, a mistyped key is found when it is loaded, and another key of the same name is told apart.</summary>
    public static ulong KeyId(ReadOnlySpan<byte> prk)
    {
        Span<byte> id = stackalloc byte[sizeof(ulong)];
        HKDF.Expand(HashAlgorithmName.SHA512, prk, id, KeyIdLabel);
        return BinaryPrimitives.ReadUInt64BigEndian(id);
    }

    public static void HedgeKey(ReadOnlySpan<byte> prk, Span<byte> hedgeKey) => HKDF.Expand(HashAlgorithmName.SHA512, prk, hedgeKey, HedgeLabel);
}
