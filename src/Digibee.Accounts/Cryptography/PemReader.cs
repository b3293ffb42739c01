using System.Formats.Asn1;

namespace Digibee.Accounts;

/// <summary>Reads the blocks of a PEM text (RFC 7468), by their labels. What is no key and no certificate is skipped.</summary>
internal static class PemReader
{
    // More than any chain has; certificates are parsed one by one.
    private const int MostBlocks = 100;

    public static void Read(ReadOnlySpan<byte> text, Secret? password, KeyMaterial material)
    {
        string? curve = null;
        var count = 0;
        var blocks = new PemBlocks(text);
        while (material.Problem == KeyProblem.None && blocks.MoveNext())
        {
            if (++count > MostBlocks)
            {
                material.Fail(KeyProblem.TooMuchWork);
                return;
            }

            var form = PemLabel.FormOf(blocks.Label);
            if (form != PemForm.Other)
            {
                ReadBlock(form, blocks.Body, password, ref curve, material);
            }
        }

        if (blocks.IsBroken)
        {
            material.Fail(KeyProblem.CutOff);
        }
    }

    private static void ReadBlock(PemForm form, ReadOnlySpan<byte> body, Secret? password, ref string? curve, KeyMaterial material)
    {
        using var der = PemBody.Decode(body, out var encryption);
        if (der is null)
        {
            material.Fail(KeyProblem.Malformed);
        }
        else if (encryption is not null)
        {
            ReadTraditional(form, encryption, der.Span, password, curve, material);
        }
        else if (form == PemForm.EcParameters)
        {
            curve = PrivateKeyReader.CurveOf(new AsnReader(der.Memory, AsnEncodingRules.BER));
        }
        else
        {
            ReadDecoded(form, der.Memory, password, curve, material);
        }
    }

    private static void ReadDecoded(PemForm form, ReadOnlyMemory<byte> der, Secret? password, string? curve, KeyMaterial material)
    {
        switch (form)
        {
            case PemForm.Certificate:
            case PemForm.TrustedCertificate:
                DerReader.ReadCertificate(der.Span, form == PemForm.TrustedCertificate, material);
                break;
            case PemForm.PrivateKey:
                material.Add(PrivateKeyReader.ReadPkcs8(der, material));
                break;
            case PemForm.EncryptedPrivateKey:
                material.Add(EncryptedKeyReader.Read(der, password, material));
                break;
            case PemForm.RsaPrivateKey:
                material.Add(PrivateKeyReader.ReadRsa(der, KeyAlgorithm.Rsa, material));
                break;
            case PemForm.EcPrivateKey:
                material.Add(PrivateKeyReader.ReadEc(der, curve, material));
                break;
            case PemForm.OpenSshPrivateKey:
                material.Add(OpenSshKeyReader.Read(der.Span, password, material));
                break;
            case PemForm.PublicKey:
                material.Add(PublicKeyReader.ReadInfo(der, material));
                break;
            case PemForm.RsaPublicKey:
                material.Add(PublicKeyReader.ReadRsa(der, KeyAlgorithm.Rsa, material));
                break;
            default:
                material.Fail(KeyProblem.Unsupported);
                break;
        }
    }

    private static void ReadTraditional(PemForm form, string encryption, ReadOnlySpan<byte> ciphertext, Secret? password, string? curve, KeyMaterial material)
    {
        if (form is not (PemForm.RsaPrivateKey or PemForm.EcPrivateKey))
        {
            material.Fail(form == PemForm.UnsupportedPrivateKey ? KeyProblem.Unsupported : KeyProblem.Malformed);
        }
        else if (password is null)
        {
            material.Fail(KeyProblem.PasswordMissing);
        }
        else
        {
            material.IsEncrypted = true;
            using var plaintext = TraditionalEncryption.Decrypt(encryption, ciphertext, password.RevealBytes(), material);
            if (plaintext is not null)
            {
                material.Add(EncryptedKeyReader.ReadDecrypted(
                    plaintext.Memory,
                    (der, target) => form == PemForm.RsaPrivateKey ? PrivateKeyReader.ReadRsa(der, KeyAlgorithm.Rsa, target) : PrivateKeyReader.ReadEc(der, curve, target),
                    material));
            }
        }
    }
}
