using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Digibee.Accounts;

/// <summary>The old hashes that NTLM is made of, and nothing else here may use.</summary>
internal static class NtlmHash
{
    /// <summary>The bytes of each of them.</summary>
    public const int Length = 16;

    // The framework has none; BouncyCastle's forgets its state with the result.
    public static void Md4(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var digest = new MD4Digest();
        digest.BlockUpdate(source);
        digest.DoFinal(destination);
    }

#pragma warning disable RS0030, CA5351 // MS-NLMP knows no other hash than MD5

    public static void Md5(ReadOnlySpan<byte> source, Span<byte> destination) => MD5.HashData(source, destination);

    public static void HmacMd5(ReadOnlySpan<byte> key, ReadOnlySpan<byte> source, Span<byte> destination) => HMACMD5.HashData(key, source, destination);

#pragma warning restore RS0030, CA5351

    public static void HmacMd5(ReadOnlySpan<byte> key, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> destination)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.MD5, key);
        hmac.AppendData(first);
        hmac.AppendData(second);
        hmac.AppendData(third);
        hmac.GetHashAndReset(destination);
    }
}
