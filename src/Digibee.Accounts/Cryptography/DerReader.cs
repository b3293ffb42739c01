using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Reads one DER structure, which has no label: what it is shows in its first elements.</summary>
internal static class DerReader
{
    public static void Read(ReadOnlyMemory<byte> der, Secret? password, KeyMaterial material)
    {
        if (der.IsEmpty || der.Span[0] != 0x30)
        {
            material.Fail(KeyProblem.Nothing);
            return;
        }

        var content = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            ReadVersioned(der, content, password, material);
        }
        else if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            content.ReadEncodedValue();
            var second = content.PeekTag();
            if (second.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
            {
                material.Add(EncryptedKeyReader.Read(der, password, material));
            }
            else if (second.HasSameClassAndValue(Asn1Tag.PrimitiveBitString))
            {
                material.Add(PublicKeyReader.ReadInfo(der, material));
            }
            else
            {
                ReadCertificate(der.Span, mayTrail: false, material);
            }
        }
        else
        {
            material.Fail(KeyProblem.Unsupported);
        }
    }

    /// <summary>Reads a certificate, and nothing behind it unless something may trail.</summary>
    public static void ReadCertificate(ReadOnlySpan<byte> der, bool mayTrail, KeyMaterial material)
    {
        AsnDecoder.ReadEncodedValue(der, AsnEncodingRules.BER, out _, out _, out var length);
        if (length != der.Length && !mayTrail)
        {
            material.Fail(KeyProblem.Malformed);
            return;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(der[..length]);
        Decode(certificate);
        material.AddCertificate(certificate.RawDataMemory.Span);
    }

    // The platform decodes each part when it is asked for: here, so that whoever asks later meets no error.
    private static void Decode(X509Certificate2 certificate)
    {
        _ = (certificate.NotBefore, certificate.NotAfter, certificate.Subject, certificate.Issuer, certificate.SerialNumber, certificate.PublicKey.ExportSubjectPublicKeyInfo());
        foreach (var extension in certificate.Extensions)
        {
            _ = extension switch
            {
                X509AuthorityKeyIdentifierExtension authority => authority.KeyIdentifier,
                X509SubjectKeyIdentifierExtension subject => subject.SubjectKeyIdentifierBytes,
                X509BasicConstraintsExtension constraints => constraints.CertificateAuthority,
                X509EnhancedKeyUsageExtension usage => usage.EnhancedKeyUsages,
                _ => (object?)null,
            };
        }
    }

    private static void ReadVersioned(ReadOnlyMemory<byte> der, AsnReader content, Secret? password, KeyMaterial material)
    {
        var version = content.ReadInteger();
        var second = content.PeekTag();
        if (second.HasSameClassAndValue(Asn1Tag.Sequence) && version == 3)
        {
            Pkcs12Reader.Read(content, password, material);
        }
        else if (second.HasSameClassAndValue(Asn1Tag.Sequence))
        {
            material.Add(PrivateKeyReader.ReadPkcs8(der, material));
        }
        else if (second.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
        {
            material.Add(PrivateKeyReader.ReadEc(der, curve: null, material));
        }
        else
        {
            content.ReadInteger();
            material.Add(content.HasData ? PrivateKeyReader.ReadRsa(der, KeyAlgorithm.Rsa, material) : PublicKeyReader.ReadRsa(der, KeyAlgorithm.Rsa, material));
        }
    }
}
