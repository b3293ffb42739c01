namespace Digibee.Accounts;

/// <summary>The names of algorithms in signatures (RFC 9421, section 6.2.2).</summary>
internal static class SignatureAlgorithmName
{
    /// <summary>Gives the registered name; <see langword="null"/> for an algorithm that no message signature uses.</summary>
    public static string? Find(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPssSha512 => "rsa-pss-sha512",
        SignatureAlgorithm.RsaPkcs1Sha256 => "rsa-v1_5-sha256",
        SignatureAlgorithm.HmacSha256 => "hmac-sha256",
        SignatureAlgorithm.EcdsaP256Sha256 => "ecdsa-p256-sha256",
        SignatureAlgorithm.EcdsaP384Sha384 => "ecdsa-p384-sha384",
        SignatureAlgorithm.Ed25519 => "ed25519",
        _ => null,
    };

    /// <summary>Tells whether an algorithm can be chosen for messages.</summary>
    public static SignatureAlgorithm? Check(SignatureAlgorithm? algorithm, string field) =>
        algorithm is null || Find(algorithm.Value) is not null
            ? algorithm
            : throw new ArgumentException("No HTTP message signature is made with this algorithm (RFC 9421, section 6.2.2).", field);
}
