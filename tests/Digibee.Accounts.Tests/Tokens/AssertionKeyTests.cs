using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

public sealed class AssertionKeyTests
{
    public static TheoryData<string> Pems
    {
        get
        {
            using var rsa = RSA.Create(2048);
            using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP521);
            var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000);
            return
            [
                rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(), rsa.ExportEncryptedPkcs8PrivateKeyPem("pässword", pbe),
                ec.ExportPkcs8PrivateKeyPem(), ec.ExportECPrivateKeyPem(), "text before\n" + ec.ExportEncryptedPkcs8PrivateKeyPem("pässword", pbe),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Pems))]
    public void TryRead_OfEveryFormat_GivesAKeyThatSigns(string pem)
    {
        using var key = AssertionKey.TryRead(Encoding.UTF8.GetBytes(pem), "pässword"u8, keyId: null);

        key.Should().NotBeNull();
        key!.Sign([]).Split('.').Should().HaveCount(3);
    }

    [Fact]
    public void TryRead_OfAWeakOrOtherKey_GivesNone()
    {
        using var weak = RSA.Create(1024);
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        string[] pems = [weak.ExportPkcs8PrivateKeyPem(), other.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPublicKeyPem(), AccountSamples.PrivateKeyPem, "-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----", ""];

        foreach (var pem in pems)
        {
            AssertionKey.TryRead(Encoding.UTF8.GetBytes(pem), [], keyId: null).Should().BeNull();
        }
    }

    [Fact]
    public void TryRead_WithTheWrongPassphrase_GivesNone()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportEncryptedPkcs8PrivateKeyPem("right", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1_000));

        AssertionKey.TryRead(Encoding.UTF8.GetBytes(pem), "wrong"u8, keyId: null).Should().BeNull();
    }
}
