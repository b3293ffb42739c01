using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Certificates made for the test that asks for them, by authorities of one, two or more levels.</summary>
internal static class TestCertificates
{
    private static readonly DateTimeOffset Yesterday = DateTimeOffset.UtcNow.AddDays(-1);

    public static X509Certificate2 SelfSigned(string subject) => Root(subject);

    /// <summary>Makes a certificate authority that nobody signed but itself.</summary>
    public static X509Certificate2 Root(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Authority(subject, key);
        using var certificate = request.CreateSelfSigned(Yesterday, Yesterday.AddYears(2));
        return Usable(certificate);
    }

    /// <summary>Makes a certificate authority below another.</summary>
    public static X509Certificate2 Intermediate(this X509Certificate2 issuer, string subject, DateTimeOffset? notAfter = null, DateTimeOffset? notBefore = null, ECDsa? key = null)
    {
        using var made = key is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        return Sign(issuer, Authority(subject, key ?? made!), notAfter, notBefore).WithKey(key ?? made!);
    }

    /// <summary>Makes a client's certificate, of a key on P-256 or of RSA.</summary>
    public static X509Certificate2 Client(
        this X509Certificate2 issuer, string subject, bool rsa = false, DateTimeOffset? notAfter = null, DateTimeOffset? notBefore = null, string usage = "1.3.6.1.5.5.7.3.2", AsymmetricAlgorithm? key = null, bool hasKeyIds = true)
    {
        using var made = key is not null ? null : rsa ? (AsymmetricAlgorithm)RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var used = key ?? made!;
        var request = used is RSA rsaKey ? new CertificateRequest(subject, rsaKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, (ECDsa)used, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return Sign(issuer, request, notAfter, notBefore, hasKeyIds).WithKey(used);
    }

    /// <summary>Writes certificates as PEM, in the order that is given.</summary>
    public static string Pem(params X509Certificate2[] certificates) => string.Concat(certificates.Select(static certificate => certificate.ExportCertificatePem() + "\n"));

    /// <summary>Writes a certificate's private key as PEM, PKCS#8.</summary>
    public static string KeyPem(this X509Certificate2 certificate) => Key(certificate).ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Writes a certificate's private key as PEM, encrypted.</summary>
    public static string EncryptedKeyPem(this X509Certificate2 certificate, string password) =>
        Key(certificate).ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2_048)) + "\n";

    private static AsymmetricAlgorithm Key(X509Certificate2 certificate) => (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;

    private static CertificateRequest Authority(string subject, ECDsa key)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static X509Certificate2 Sign(X509Certificate2 issuer, CertificateRequest request, DateTimeOffset? notAfter, DateTimeOffset? notBefore, bool hasKeyIds = true)
    {
        if (hasKeyIds)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        }

        using var key = issuer.GetECDsaPrivateKey()!;
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), notBefore ?? Yesterday, notAfter ?? Yesterday.AddYears(1), RandomNumberGenerator.GetBytes(12));
    }

    private static X509Certificate2 WithKey(this X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        using (certificate)
        {
            using var withKey = key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
            return Usable(withKey);
        }
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
