namespace Digibee.Accounts;

/// <summary>The object identifiers of keys: RFC 8017, 5480 and 8410.</summary>
internal static class KeyOids
{
    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string Ec = "1.2.840.10045.2.1";
    public const string X25519 = "1.3.101.110";
    public const string X448 = "1.3.101.111";
    public const string Ed25519 = "1.3.101.112";
    public const string Ed448 = "1.3.101.113";

    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";
    public const string Secp256k1 = "1.3.132.0.10";

    /// <summary>Gives the algorithm of an identifier; <see langword="null"/> for one that is not known here.</summary>
    public static KeyAlgorithm? AlgorithmOf(string oid) => oid switch
    {
        Rsa => KeyAlgorithm.Rsa,
        RsaPss => KeyAlgorithm.RsaPss,
        Ec => KeyAlgorithm.Ec,
        X25519 => KeyAlgorithm.X25519,
        X448 => KeyAlgorithm.X448,
        Ed25519 => KeyAlgorithm.Ed25519,
        Ed448 => KeyAlgorithm.Ed448,
        _ => null,
    };

    /// <summary>Gives the bytes of a private number on a named curve (SEC 2, RFC 5639); 0 for a curve that is not known here.</summary>
    public static int CurveLength(string oid) => oid switch
    {
        P256 or Secp256k1 or "1.3.36.3.3.2.8.1.1.7" => 32, // brainpoolP256r1
        P384 or "1.3.36.3.3.2.8.1.1.11" => 48, // brainpoolP384r1
        "1.3.36.3.3.2.8.1.1.13" => 64, // brainpoolP512r1
        P521 => 66,
        _ => 0,
    };

    /// <summary>Gives a curve's name for people, and for a JSON Web Key, which has none for Brainpool's.</summary>
    public static string NameOf(string curve) => curve switch
    {
        P256 => "P-256",
        P384 => "P-384",
        P521 => "P-521",
        Secp256k1 => "secp256k1",
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1",
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1",
        _ => "brainpoolP512r1",
    };

    /// <summary>Gives the curve that a JSON Web Key names (RFC 7518, RFC 8812); <see langword="null"/> for one that is not known here.</summary>
    public static string? CurveOfJwk(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("P-256"u8) ? P256
        : name.SequenceEqual("P-384"u8) ? P384
        : name.SequenceEqual("P-521"u8) ? P521
        : name.SequenceEqual("secp256k1"u8) ? Secp256k1
        : null;

    /// <summary>Gives the curve of a type of SSH's keys (RFC 5656); <see langword="null"/> for another type.</summary>
    public static string? CurveOfSsh(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("ecdsa-sha2-nistp256"u8) ? P256
        : type.SequenceEqual("ecdsa-sha2-nistp384"u8) ? P384
        : type.SequenceEqual("ecdsa-sha2-nistp521"u8) ? P521
        : null;

    /// <summary>Gives the one algorithm of ECDSA that is defined for a curve (RFC 7518, 8812, 9421); <see langword="null"/> for none.</summary>
    public static SignatureAlgorithm? SignatureAlgorithmOf(string? curve) => curve switch
    {
        P256 => SignatureAlgorithm.EcdsaP256Sha256,
        P384 => SignatureAlgorithm.EcdsaP384Sha384,
        P521 => SignatureAlgorithm.EcdsaP521Sha512,
        Secp256k1 => SignatureAlgorithm.EcdsaSecp256k1Sha256,
        _ => null,
    };

    /// <summary>Tells whether an algorithm is ECDSA, whose signatures have two forms.</summary>
    public static bool IsEcdsa(SignatureAlgorithm algorithm) => algorithm is >= SignatureAlgorithm.EcdsaP256Sha256 and <= SignatureAlgorithm.EcdsaSecp256k1Sha256;

    /// <summary>Tells whether a curve is one of NIST's that TLS 1.3 takes (RFC 8446, section 4.2.3).</summary>
    public static bool IsNistCurve(string? oid) => oid is P256 or P384 or P521;
}
