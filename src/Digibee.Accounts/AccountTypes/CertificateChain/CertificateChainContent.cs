using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>What the text of an account holds: the private key, the certificate that belongs to it, and the certificates above that, each the issuer of the one before.</summary>
internal sealed class CertificateChainContent : IDisposable
{
    // Nobody has that many namesakes; beyond it, name and key id must do. It bounds what a hostile text can cost.
    private const int MostSignatures = 32;

    private readonly KeyMaterial _material;
    private readonly DateTime? _now;
    private int _signatures;

    private CertificateChainContent(KeyMaterial material, DateTimeOffset? now)
    {
        _material = material;
        _now = now?.UtcDateTime;
        Certificates = [.. material.Certificates.Select(static der => X509CertificateLoader.LoadCertificate(der))];
    }

    /// <summary>Gets why it could not be read.</summary>
    public KeyProblem Problem => _material.Problem;

    /// <summary>Gets all certificates, in the order of the text.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; }

    /// <summary>Gets the private key; <see langword="null"/> when there is none, or none that a certificate belongs to.</summary>
    public LoadedKey? Key { get; private set; }

    /// <summary>Gets whether there is a private key, whether a certificate belongs to it or not.</summary>
    public bool HoldsKey => _material.PrivateKeys.Count > 0;

    /// <summary>Gets whether certificates of several private keys are in it, so that nobody can tell which one is meant.</summary>
    public bool IsAmbiguous { get; private set; }

    /// <summary>Gets the certificate that proves the account: the key's, or, without a key, the first.</summary>
    public X509Certificate2? Leaf { get; private set; }

    /// <summary>Gets the issuers of <see cref="Leaf"/> as far as they are in it, the root included.</summary>
    public IReadOnlyList<X509Certificate2> Issuers { get; private set; } = [];

    /// <summary>Gets whether the last one found is nobody's but its own.</summary>
    public bool EndsAtRoot => Leaf is not null && IsSelfIssued(Issuers.Count > 0 ? Issuers[^1] : Leaf);

    /// <summary>Gets the certificates that are neither the leaf nor above it.</summary>
    public IEnumerable<X509Certificate2> Others => Certificates.Where(certificate => certificate != Leaf && !Issuers.Contains(certificate));

    /// <summary>Gets whether the leaf stands first in the text, and each issuer behind what it issued.</summary>
    public bool IsInOrder
    {
        get
        {
            var expected = Issuers.Prepend(Leaf).ToArray();
            return Certificates.Take(expected.Length).SequenceEqual(expected);
        }
    }

    /// <summary>Reads a text or a file.</summary>
    /// <param name="text">PEM, or DER such as PKCS#12.</param>
    /// <param name="password">The password of what is encrypted.</param>
    /// <param name="now">The time, by which one of several certificates for the same thing is chosen; <see langword="null"/> for the latest whatever the time.</param>
    public static CertificateChainContent Read(ReadOnlySpan<byte> text, Secret? password, DateTimeOffset? now)
    {
        var content = new CertificateChainContent(KeyReader.Read(text, password), now);
        if (content.Problem == KeyProblem.None)
        {
            content.FindLeaf();
            content.FindIssuers();
        }

        return content;
    }

    public static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    public void Dispose()
    {
        foreach (var certificate in Certificates)
        {
            certificate.Dispose();
        }

        _material.Dispose();
    }

    private static bool BelongsTo(X509Certificate2 certificate, LoadedKey key) =>
        PublicBits(certificate.PublicKey.ExportSubjectPublicKeyInfo()).Span.SequenceEqual(PublicBits(key.PublicKeyInfo.ToArray()).Span);

    // The key itself, without its algorithm: an RSA key may be named with and without parameters.
    private static ReadOnlyMemory<byte> PublicBits(byte[] publicKeyInfo)
    {
        var info = new AsnReader(publicKeyInfo, AsnEncodingRules.BER).ReadSequence();
        info.ReadSequence();
        return info.ReadBitString(out _);
    }

    // By name, and by key id where both say one: an authority with a new key keeps its name.
    private static bool MayHaveIssued(X509Certificate2 issuer, X509Certificate2 certificate) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
        && (certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is not { } wanted
            || issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes is not { } found
            || wanted.Span.SequenceEqual(found.Span));

    // What is valid now, then the latest.
    private IOrderedEnumerable<X509Certificate2> ByUse(IEnumerable<X509Certificate2> certificates) => certificates
        .OrderByDescending(certificate => _now is not { } now || (certificate.NotBefore.ToUniversalTime() <= now && now < certificate.NotAfter.ToUniversalTime()))
        .ThenByDescending(static certificate => certificate.NotBefore);

    private bool HasSigned(X509Certificate2 issuer, X509Certificate2 certificate) =>
        _signatures++ >= MostSignatures || CertificateChainSignature.IsBy(issuer, certificate) != false;

    private void FindLeaf()
    {
        foreach (var key in _material.PrivateKeys)
        {
            // One key may have a certificate that was renewed.
            var own = ByUse(Certificates.Where(certificate => BelongsTo(certificate, key))).FirstOrDefault();
            if (own is not null)
            {
                IsAmbiguous |= Leaf is not null && Leaf != own;
                Leaf ??= own;
                Key ??= key;
            }
        }

        Leaf ??= Certificates.Count > 0 ? Certificates[0] : null;
    }

    private void FindIssuers()
    {
        var issuers = new List<X509Certificate2>();
        for (var last = Leaf; last is not null && !IsSelfIssued(last);)
        {
            var issued = last;
            last = ByUse(Certificates.Where(certificate => certificate != Leaf && !issuers.Contains(certificate) && MayHaveIssued(certificate, issued)))
                .FirstOrDefault(certificate => HasSigned(certificate, issued));
            if (last is not null)
            {
                issuers.Add(last);
            }
        }

        Issuers = issuers;
    }
}
