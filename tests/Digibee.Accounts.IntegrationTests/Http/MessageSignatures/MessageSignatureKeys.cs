using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A key of an algorithm, as accounts and as text for others.</summary>
internal sealed record MessageSignatureKeys(Account Signing, Account Checking, string PrivateText, string PublicText, SignatureAlgorithm Algorithm)
{
    private const string Origin = "https://api.example:8443";

    // Of RFC 9421, appendix B.1.4: the platform makes no such keys.
    private const string Ed25519Private = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n";
    private const string Ed25519Public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n";

    public static MessageSignatureKeys For(string algorithm)
    {
        switch (algorithm)
        {
            case "hmac-sha256":
                var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
                var account = new SecretKeyAccount { Name = "shared", Key = new Secret(secret), Encoding = SecretKeyEncoding.Hexadecimal, AllowedOrigins = [Origin] };
                return new(account, account, secret, secret, SignatureAlgorithm.HmacSha256);
            case "ed25519":
                return Of(Ed25519Private, Ed25519Public, SignatureAlgorithm.Ed25519);
            case "ecdsa-p256-sha256":
                return Of(ECDsa.Create(ECCurve.NamedCurves.nistP256), SignatureAlgorithm.EcdsaP256Sha256);
            case "ecdsa-p384-sha384":
                return Of(ECDsa.Create(ECCurve.NamedCurves.nistP384), SignatureAlgorithm.EcdsaP384Sha384);
            default:
                return Of(RSA.Create(2048), algorithm == "rsa-pss-sha512" ? SignatureAlgorithm.RsaPssSha512 : SignatureAlgorithm.RsaPkcs1Sha256);
        }
    }

    private static MessageSignatureKeys Of(AsymmetricAlgorithm key, SignatureAlgorithm algorithm)
    {
        using (key)
        {
            return Of(key.ExportPkcs8PrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem(), algorithm);
        }
    }

    private static MessageSignatureKeys Of(string privatePem, string publicPem, SignatureAlgorithm algorithm) => new(
        new PrivateKeyAccount { Name = "ours", Key = new Secret(privatePem), AllowedOrigins = [Origin] },
        new PublicKeyAccount { Name = "theirs", Key = new Secret(publicPem), AllowedOrigins = [Origin] },
        privatePem,
        publicPem,
        algorithm);
}
