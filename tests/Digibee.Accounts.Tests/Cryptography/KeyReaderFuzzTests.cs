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
            Encoding.ASCII.GetBytes(Convert.ToBase64String(key.ExportPkcs8PrivateKey())),
            Encoding.ASCII.GetBytes(TestKeys.Rfc8037Jwk),
            Encoding.ASCII.GetBytes(TestKeys.PrivatePem("ed448")),
            """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"""u8.ToArray(),
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPlAzr5ZXuzp0gnMShpmYkFB5tCT3dmm6cuD1Qp9tvbT me"u8.ToArray(),
            certificate.RawData,
            certificate.ExportPkcs12(fast, "p"),
        ];
        var password = new Secret("p");

        // The budget is about a second of an idle machine. What was read can be used, or says that it cannot.
        Fuzzer.Run(
            corpus,
            data =>
            {
                using var material = KeyReader.Read(data, password);
                if (material.Problem == KeyProblem.None && (material.FindPublicKey() ?? (material.PrivateKeys.Count > 0 ? material.PrivateKeys[0] : null)) is { } found)
                {
                    using var signing = SignatureKey.TryCreate(material.Take(found));
                    signing?.TryVerify([1, 2, 3], new byte[signing.MaxSignatureLength], signing.DefaultAlgorithm, out _);
                }
            },
            slowest: TimeSpan.FromSeconds(5));
    }
}
