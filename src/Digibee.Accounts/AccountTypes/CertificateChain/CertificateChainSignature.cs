using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>The signature on a certificate (RFC 5280, section 4.1.1.3), as far as the platform can check it: RSA with PKCS#1 padding, and ECDSA, with SHA-2.</summary>
internal static class CertificateChainSignature
{
    /// <summary>Tells whether an issuer's key made it; <see langword="null"/> when that cannot be checked.</summary>
    public static bool? IsBy(X509Certificate2 issuer, X509Certificate2 certificate)
    {
        try
        {
            var content = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.BER).ReadSequence();
            var signed = content.ReadEncodedValue().Span;
            return AlgorithmOf(content.ReadSequence().ReadObjectIdentifier()) is var (key, hash) ? IsBy(issuer, key, hash, signed, content.ReadBitString(out _)) : null;
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException or PlatformNotSupportedException)
        {
            // A key or an encoding that the platform does not take.
            return null;
        }
    }

    private static (KeyAlgorithm Key, HashAlgorithmName Hash)? AlgorithmOf(string oid) => oid switch
    {
        "1.2.840.113549.1.1.11" => (KeyAlgorithm.Rsa, HashAlgorithmName.SHA256),
        "1.2.840.113549.1.1.12" => (KeyAlgorithm.Rsa, HashAlgorithmName.SHA384),
        "1.2.840.113549.1.1.13" => (KeyAlgorithm.Rsa, HashAlgorithmName.SHA512),
        "1.2.840.10045.4.3.2" => (KeyAlgorithm.Ec, HashAlgorithmName.SHA256),
        "1.2.840.10045.4.3.3" => (KeyAlgorithm.Ec, HashAlgorithmName.SHA384),
        "1.2.840.10045.4.3.4" => (KeyAlgorithm.Ec, HashAlgorithmName.SHA512),
        _ => null,
    };

    // Without a key of the algorithm, the issuer did not sign.
    private static bool IsBy(X509Certificate2 issuer, KeyAlgorithm algorithm, HashAlgorithmName hash, ReadOnlySpan<byte> signed, byte[] signature)
    {
        if (algorithm == KeyAlgorithm.Rsa)
        {
            using var rsa = issuer.GetRSAPublicKey();
            return rsa?.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1) ?? false;
        }

        using var ecdsa = issuer.GetECDsaPublicKey();
        return ecdsa?.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence) ?? false;
    }
}
