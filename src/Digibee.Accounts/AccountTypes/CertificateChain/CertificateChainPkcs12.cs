using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Writes a PKCS#12 file as the PEM text that an account holds: the key's certificate, its issuers, what else there is, then the key, which the seal protects from then on.</summary>
internal static class CertificateChainPkcs12
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="AccountValidationException">It cannot be read, or holds no certificate or no key.</exception>
    public static Secret ToPem(string name, ReadOnlySpan<byte> pkcs12, Secret? password)
    {
        using var content = CertificateChainContent.Read(pkcs12, password, now: null);
        var inspection = new AccountInspection(new AccountLimits());
        CertificateChainReview.Inspect(content, inspection);
        if (inspection.Problems.Count == 0 && content.Key is null)
        {
            inspection.Refuse(nameof(CertificateChainAccount.Chain), "the file holds no private key. Export it with its private key.");
        }

        return inspection.Problems.Count == 0 ? Write(content) : throw new AccountValidationException(name, inspection.Problems);
    }

    private static Secret Write(CertificateChainContent content)
    {
        using var text = new SecretBufferWriter();
        Write(text, "CERTIFICATE"u8, content.Leaf!.RawDataMemory.Span);
        foreach (var certificate in content.Issuers.Concat(content.Others))
        {
            Write(text, "CERTIFICATE"u8, certificate.RawDataMemory.Span);
        }

        Write(text, "PRIVATE KEY"u8, content.Key!.PrivateKeyInfo);
        using var pem = text.ToSecretBuffer();
        return new Secret(pem.Span);
    }

    private static void Write(SecretBufferWriter text, ReadOnlySpan<byte> label, ReadOnlySpan<byte> der)
    {
        var written = PemEncoding.WriteUtf8(label, der);
        try
        {
            var line = text.GetSpan(written.Length + 1);
            written.CopyTo(line);
            line[written.Length] = (byte)'\n';
            text.Advance(written.Length + 1);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(written);
        }
    }
}
