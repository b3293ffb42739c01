using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>What the text of an account holds: the private key, the certificate that belongs to it, and the certificates above that, each the issuer of the one before.</summary>
internal sealed class CertificateChainContent : IDisposable
{
    private readonly KeyMaterial _material;

    private CertificateChainContent(KeyMaterial material)
    {
        _material = material;
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

    public static CertificateChainContent Read(ReadOnlySpan<byte> text, Secret? password)
    {
        var content = new CertificateChainContent(KeyReader.Read(text, password));
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

    // By name, and by key id where both say one: a renewed authority has the same name and another key.
    private static bool HasIssued(X509Certificate2 issuer, X509Certificate2 certificate) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
        && (certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is not { } wanted
            || issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault()?.SubjectKeyIdentifierBytes is not { } found
            || wanted.Span.SequenceEqual(found.Span));

    private void FindLeaf()
    {
        foreach (var key in _material.PrivateKeys)
        {
            // One key may have a certificate that was renewed: the latest.
            var own = Certificates.Where(certificate => BelongsTo(certificate, key)).MaxBy(static certificate => certificate.NotBefore);
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
            last = Certificates.FirstOrDefault(certificate => certificate != Leaf && !issuers.Contains(certificate) && HasIssued(certificate, issued));
            if (last is not null)
            {
                issuers.Add(last);
            }
        }

        Issuers = issuers;
    }
}
