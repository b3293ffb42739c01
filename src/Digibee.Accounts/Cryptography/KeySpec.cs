namespace Digibee.Accounts;

/// <summary>What key to make.</summary>
public sealed class KeySpec
{
    private KeySpec(KeyAlgorithm? algorithm, string? curve, int size) => (Algorithm, Curve, Size) = (algorithm, curve, size);

    /// <summary>Gets an elliptic-curve key on P-256, for <see cref="SignatureAlgorithm.EcdsaP256Sha256"/>.</summary>
    public static KeySpec EcP256 { get; } = new(KeyAlgorithm.Ec, KeyOids.P256, 256);

    /// <summary>Gets an elliptic-curve key on P-384, for <see cref="SignatureAlgorithm.EcdsaP384Sha384"/>.</summary>
    public static KeySpec EcP384 { get; } = new(KeyAlgorithm.Ec, KeyOids.P384, 384);

    /// <summary>Gets an elliptic-curve key on P-521, for <see cref="SignatureAlgorithm.EcdsaP521Sha512"/>.</summary>
    public static KeySpec EcP521 { get; } = new(KeyAlgorithm.Ec, KeyOids.P521, 521);

    /// <summary>Gets an Ed25519 key (RFC 8032).</summary>
    public static KeySpec Ed25519 { get; } = new(KeyAlgorithm.Ed25519, curve: null, 256);

    /// <summary>Gets the algorithm; <see langword="null"/> for a secret key.</summary>
    internal KeyAlgorithm? Algorithm { get; }

    /// <summary>Gets the object identifier of the curve.</summary>
    internal string? Curve { get; }

    /// <summary>Gets the size in bits.</summary>
    internal int Size { get; }

    /// <summary>Gives an RSA key.</summary>
    /// <param name="bits">2,048 to 4,096 in steps of 256. 3,072, the default, keeps 128 bits of security (NIST SP 800-57); 4,096 takes seconds to make.</param>
    /// <returns>The key to make.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is out of its range.</exception>
    public static KeySpec Rsa(int bits = 3_072) =>
        bits is >= 2_048 and <= 4_096 && bits % 256 == 0 ? new(KeyAlgorithm.Rsa, curve: null, bits) : throw new ArgumentOutOfRangeException(nameof(bits), "2,048 to 4,096 bits in steps of 256.");

    /// <summary>Gives a secret key of random bytes.</summary>
    /// <param name="bytes">16 to 128. 32, the default, suits HMAC with SHA-256; as many as the hash has are enough (RFC 2104, section 3).</param>
    /// <returns>The key to make.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is out of its range.</exception>
    public static KeySpec Hmac(int bytes = 32) =>
        bytes is >= 16 and <= 128 ? new(algorithm: null, curve: null, 8 * bytes) : throw new ArgumentOutOfRangeException(nameof(bytes), "16 to 128 bytes.");
}
