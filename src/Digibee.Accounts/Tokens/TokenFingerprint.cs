using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Hashes of what decides a grant: each part behind its length, so that no two lists of parts have the same bytes.</summary>
internal static class TokenFingerprint
{
    // 128 bits: nobody gains by two grants of one account that meet, and the name of the row stays short.
    private const int Length = 16;

    /// <summary>Hashes what is no secret. <see langword="null"/> is another part than empty text.</summary>
    public static string Of(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            Append(hash, part is null ? -1 : Encoding.UTF8.GetByteCount(part), part is null ? [] : Encoding.UTF8.GetBytes(part));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest[..Length]);
    }

    /// <summary>Hashes secrets. The result is kept like one.</summary>
    public static Secret Prove(params ReadOnlySpan<Secret?> secrets)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var secret in secrets)
        {
            var bytes = secret is null ? [] : secret.RevealBytes();
            Append(hash, secret is null ? -1 : bytes.Length, bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new Secret(Convert.ToHexStringLower(digest).AsSpan());
    }

    private static void Append(IncrementalHash hash, int length, ReadOnlySpan<byte> bytes)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(prefix, length);
        hash.AppendData(prefix);
        hash.AppendData(bytes);
    }
}
