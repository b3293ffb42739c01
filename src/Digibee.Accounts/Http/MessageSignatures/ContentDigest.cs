using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>What a content has to hash to (RFC 9530, section 2).</summary>
internal sealed class ContentDigest
{
    private readonly byte[] _hash;

    private ContentDigest(HashAlgorithmName algorithm, byte[] hash)
    {
        Algorithm = algorithm;
        _hash = hash;
    }

    public HashAlgorithmName Algorithm { get; }

    /// <summary>Reads a message's, the stronger of two; <see langword="null"/> when there is none that counts.</summary>
    /// <param name="message">The message.</param>
    /// <param name="key">The one member that was signed, beside which anybody may have written others; <see langword="null"/> for the whole field.</param>
    public static ContentDigest? Find(SignatureMessage message, string? key)
    {
        var lines = new List<string>();
        message.AddLines(SignatureHeaders.LowerContentDigest, ofTrailers: false, lines);
        if (!StructuredFieldReader.TryReadDictionary(string.Join(", ", lines), out var digests))
        {
            return null;
        }

        return (key is null or "sha-512" ? Find(digests, "sha-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes) : null)
            ?? (key is null or "sha-256" ? Find(digests, "sha-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes) : null);
    }

    public bool Is(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(hash, _hash);

    private static ContentDigest? Find(StructuredMap<StructuredMember> digests, string name, HashAlgorithmName algorithm, int length) =>
        digests.TryGet(name, out var member) && member.InnerList is null && member.Item.Bytes is { } hash && hash.Length == length ? new(algorithm, hash) : null;
}
