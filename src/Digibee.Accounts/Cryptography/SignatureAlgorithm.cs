namespace Digibee.Accounts;

/// <summary>How data is signed or authenticated. Which of these a key makes follows from the key; none of them is ever taken from what was received.</summary>
/// <remarks>SHA-1 signatures are not among them: they can be forged (RFC 6194). PSS has a salt as long as its hash (RFC 8017, section 9.1); ECDSA signatures are the two numbers side by
/// side (IEEE P1363, as in RFC 7518 and RFC 9421), not DER.</remarks>
public enum SignatureAlgorithm
{
    /// <summary>RSA with PSS and SHA-512: <c>rsa-pss-sha512</c> of RFC 9421, <c>PS512</c> of RFC 7518. What an RSA key makes unless told otherwise.</summary>
    RsaPssSha512 = 0,

    /// <summary>RSA with PSS and SHA-384: <c>PS384</c> of RFC 7518.</summary>
    RsaPssSha384 = 1,

    /// <summary>RSA with PSS and SHA-256: <c>PS256</c> of RFC 7518.</summary>
    RsaPssSha256 = 2,

    /// <summary>RSA with PKCS#1 v1.5 and SHA-256: <c>rsa-v1_5-sha256</c> of RFC 9421, <c>RS256</c> of RFC 7518, <c>SHA256withRSA</c> of Java.</summary>
    RsaPkcs1Sha256 = 3,

    /// <summary>RSA with PKCS#1 v1.5 and SHA-384: <c>RS384</c> of RFC 7518, <c>SHA384withRSA</c> of Java.</summary>
    RsaPkcs1Sha384 = 4,

    /// <summary>RSA with PKCS#1 v1.5 and SHA-512: <c>RS512</c> of RFC 7518, <c>SHA512withRSA</c> of Java.</summary>
    RsaPkcs1Sha512 = 5,

    /// <summary>ECDSA on P-256 with SHA-256: <c>ecdsa-p256-sha256</c> of RFC 9421, <c>ES256</c> of RFC 7518. 64 bytes.</summary>
    EcdsaP256Sha256 = 6,

    /// <summary>ECDSA on P-384 with SHA-384: <c>ecdsa-p384-sha384</c> of RFC 9421, <c>ES384</c> of RFC 7518. 96 bytes.</summary>
    EcdsaP384Sha384 = 7,

    /// <summary>ECDSA on P-521 with SHA-512: <c>ES512</c> of RFC 7518. 132 bytes.</summary>
    EcdsaP521Sha512 = 8,

    /// <summary>ECDSA on secp256k1 with SHA-256: <c>ES256K</c> of RFC 8812. 64 bytes.</summary>
    EcdsaSecp256k1Sha256 = 9,

    /// <summary>Ed25519 (RFC 8032): <c>ed25519</c> of RFC 9421, <c>EdDSA</c> of RFC 8037. 64 bytes.</summary>
    Ed25519 = 10,

    /// <summary>Ed448 (RFC 8032) without a context: <c>EdDSA</c> of RFC 8037. 114 bytes.</summary>
    Ed448 = 11,

    /// <summary>HMAC with SHA-256 (RFC 2104): <c>hmac-sha256</c> of RFC 9421, <c>HS256</c> of RFC 7518. What a secret key makes unless told otherwise. 32 bytes.</summary>
    HmacSha256 = 12,

    /// <summary>HMAC with SHA-384: <c>HS384</c> of RFC 7518. 48 bytes.</summary>
    HmacSha384 = 13,

    /// <summary>HMAC with SHA-512: <c>HS512</c> of RFC 7518. 64 bytes.</summary>
    HmacSha512 = 14,

    /// <summary>HMAC with SHA-1, for services that ask for nothing newer. What breaks SHA-1 signatures does not break it (RFC 6194, section 3.3). 20 bytes.</summary>
    HmacSha1 = 15,
}
