using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Whatever is pasted, the reader answers, and soon.</summary>
[Trait("Category", "Fuzz")]
public sealed class KeyReaderFuzzTests
{
    [Fact]
    public void Read_OfMutatedKeys_NeverThrowsAndNeverTakesLong()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = TestCertificates.Root("CN=x");
        var fast = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
        byte[][] corpus =
        [
            Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()),
            Encoding.ASCII.GetBytes(key.ExportECPrivateKeyPem()),
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            Encoding.ASCII.GetBytes(key.ExportEncryptedPkcs8PrivateKeyPem("p", fast)),
            Encoding.ASCII.GetBytes(TestCertificates.Pem(certificate)),
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n\nAAAAAAAAAAAAAAAAAAAAAA==\n-----END RSA PRIVATE KEY-----\n"u8.ToArray(),
            key.ExportPkcs8PrivateKey(),
            key.ExportECPrivateKey(),
            key.ExportSubjectPublicKeyInfo(),
            key.ExportEncryptedPkcs8PrivateKey("p", fast),
            certificate.RawData,
            certificate.ExportPkcs12(fast, "p"),
        ];
        var password = new Secret("p");

        // The budget is about a second of an idle machine.
        Fuzzer.Run(corpus, data => KeyReader.Read(data, password).Dispose(), slowest: TimeSpan.FromSeconds(5));
    }
}
