using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Reads PKCS#12 (RFC 7292): certificates and private keys, under a password or under none. By hand, because the platform's reader refuses keys that the platform does not know.</summary>
internal static class Pkcs12Reader
{
    private const string Data = "1.2.840.113549.1.7.1";
    private const string EncryptedData = "1.2.840.113549.1.7.6";
    private const string KeyBag = "1.2.840.113549.1.12.10.1.1";
    private const string ShroudedKeyBag = "1.2.840.113549.1.12.10.1.2";
    private const string CertificateBag = "1.2.840.113549.1.12.10.1.3";
    private const string SafeContentsBag = "1.2.840.113549.1.12.10.1.6";
    private const string X509Certificate = "1.2.840.113549.1.9.22.1";

    // Nobody nests them; whoever does, does not nest them deeper.
    private const int MostDepth = 4;
    private const int MostBags = 100;

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);
    private static readonly Secret Empty = new("");

    /// <summary>Reads a PFX.</summary>
    /// <param name="pfx">Its content, behind the version.</param>
    /// <param name="password">The password; <see langword="null"/> for none, which some programs write as an empty one.</param>
    /// <param name="material">Takes what is found, and is told of a problem.</param>
    public static void Read(AsnReader pfx, Secret? password, KeyMaterial material)
    {
        var authenticatedSafe = pfx.ReadSequence();
        if (authenticatedSafe.ReadObjectIdentifier() != Data)
        {
            // Signed with a certificate and not under a password: in the standard, and used by nobody.
            material.Fail(KeyProblem.Unsupported);
            return;
        }

        // A key may stand in it unencrypted.
        using var content = Copy(authenticatedSafe.ReadSequence(Zero).ReadOctetString());
        if (pfx.HasData && Pkcs12Mac.Check(pfx.ReadSequence(), content.Span, password, material) is var problem and not KeyProblem.None)
        {
            material.Fail(problem);
            return;
        }

        var safes = new AsnReader(content.Memory, AsnEncodingRules.BER).ReadSequence();
        while (safes.HasData && material.Problem == KeyProblem.None)
        {
            ReadSafe(safes.ReadSequence(), password ?? Empty, material);
        }
    }

    private static void ReadSafe(AsnReader safe, Secret password, KeyMaterial material)
    {
        switch (safe.ReadObjectIdentifier())
        {
            case Data:
                using (var plain = Copy(safe.ReadSequence(Zero).ReadOctetString()))
                {
                    ReadBags(plain.Memory, password, depth: 0, material);
                }

                break;
            case EncryptedData:
                var encrypted = safe.ReadSequence(Zero).ReadSequence();
                encrypted.ReadInteger();
                var info = encrypted.ReadSequence();
                info.ReadObjectIdentifier();
                using (var plain = PasswordEncryption.Decrypt(info.ReadSequence(), info.ReadOctetString(Zero), password.RevealBytes(), material))
                {
                    if (plain is not null)
                    {
                        ReadBags(plain.Memory, password, depth: 0, material);
                    }
                }

                break;
            default:
                material.Fail(KeyProblem.Unsupported);
                break;
        }
    }

    private static void ReadBags(ReadOnlyMemory<byte> contents, Secret password, int depth, KeyMaterial material)
    {
        var bags = new AsnReader(contents, AsnEncodingRules.BER).ReadSequence();
        for (var count = 0; bags.HasData && material.Problem == KeyProblem.None; count++)
        {
            if (depth > MostDepth || count >= MostBags)
            {
                material.Fail(KeyProblem.TooMuchWork);
                return;
            }

            var bag = bags.ReadSequence();
            var kind = bag.ReadObjectIdentifier();
            ReadBag(kind, bag.ReadSequence(Zero).PeekEncodedValue(), password, depth, material);
        }
    }

    private static void ReadBag(string kind, ReadOnlyMemory<byte> value, Secret password, int depth, KeyMaterial material)
    {
        switch (kind)
        {
            case KeyBag:
                material.Add(PrivateKeyReader.ReadPkcs8(value, material));
                break;
            case ShroudedKeyBag:
                material.Add(EncryptedKeyReader.Read(value, password, material));
                break;
            case CertificateBag:
                var certificate = new AsnReader(value, AsnEncodingRules.BER).ReadSequence();
                if (certificate.ReadObjectIdentifier() == X509Certificate)
                {
                    DerReader.ReadCertificate(certificate.ReadSequence(Zero).ReadOctetString(), mayTrail: false, material);
                }
                else
                {
                    material.OtherBags++;
                }

                break;
            case SafeContentsBag:
                ReadBags(value, password, depth + 1, material);
                break;
            default:
                material.OtherBags++;
                break;
        }
    }

    private static SecretBuffer Copy(byte[] plaintext)
    {
        var buffer = new SecretBuffer(plaintext.Length, plaintext.Length);
        plaintext.CopyTo(buffer.Span);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(plaintext);
        return buffer;
    }
}
