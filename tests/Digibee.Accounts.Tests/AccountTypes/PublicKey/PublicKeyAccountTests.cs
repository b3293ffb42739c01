using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

public sealed class PublicKeyAccountTests
{
    private static readonly PublicKeyAccount Account = (PublicKeyAccount)AccountSamples.Minimal("public-key");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");

    [Fact]
    public void Inspect_OfEachForm_FindsTheSameKey()
    {
        using var rsa = RSA.Create(2_048);
        var request = new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
        string[] forms =
        [
            rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(), certificate.ExportCertificatePem(), Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()),
            "\uFEFF \n" + rsa.ExportSubjectPublicKeyInfoPem().Replace("\n", "\\n"), TestKeys.JwkOf(rsa, isPrivate: false),
        ];
        foreach (var form in forms)
        {
            var inspection = (Account with { Key = new Secret(form) }).Inspected();

            inspection.Problems.Should().BeEmpty();
            inspection.Warnings.Should().BeEmpty();
            inspection.Facts().Should().Equal($"fingerprint={Convert.ToHexString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()))}", "keyAlgorithm=Rsa", "keySize=2048");
            inspection.KnownExpiry.Should().Be(form == forms[2] ? new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero) : null);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?sv=2022-11-02&sig=c4n4ry")]
    [InlineData("ssh-ed25519 c4n4ry")]
    [InlineData("ssh-dss YzRuNHJ5 me@there")]
    [InlineData(AccountSamples.PrivateKeyPem)]
    [InlineData(AccountSamples.EncryptedSigningKeyPem)]
    [InlineData(AccountSamples.VerificationKeyPem + AccountSamples.SigningKeyPem)]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nYzRuNHJ5\n-----END PGP PRIVATE KEY BLOCK-----\n")]
    [InlineData(AccountSamples.PublicKeyPem)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nYzRuNHJ5\n")]
    public void Inspect_OfNoPublicKey_RefusesItWithoutRepeatingIt(string key)
    {
        var problem = (Account with { Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Key");
        problem.Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5");
    }

    [Fact]
    public void Inspect_OfAPrivateKey_SaysWhereItBelongs()
    {
        foreach (var key in new[] { AccountSamples.SigningKeyPem, AccountSamples.EncryptedSigningKeyPem, TestKeys.Rfc8037Jwk })
        {
            (Account with { Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Which.Message.Should().StartWith("it holds a private key. Keep that in a Private Key account");
        }
    }

    [Fact]
    public void Inspect_OfAPgpKey_KeepsItForPgpAlone()
    {
        var inspection = (Account with { Key = new Secret("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEYzRuNHJ5\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n") }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Facts().Should().Equal("keyAlgorithm=Pgp");
    }

    [Fact]
    public void Inspect_OfTwoKeys_WarnsThatTheFirstIsUsed()
    {
        var inspection = (Account with { Key = new Secret(TestKeys.PublicPem("p256") + "\n" + TestKeys.PublicPem("rsa")) }).Inspected();

        inspection.Warnings.Should().ContainSingle().Which.Should().StartWith("Key: it holds more than one public key");
        inspection.Facts["keyAlgorithm"].Should().Be("Ec");
    }

    // The neutral point and a point of order 8 (Cas Cremers, Dennis Jackson: Prime, Order Please, 2019): under both, one signature fits many messages.
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    public void Inspect_OfAnEd25519KeyThatProvesNothing_RefusesIt(string point)
    {
        var pem = PemEncoding.WriteString("PUBLIC KEY", [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. Convert.FromHexString(point)]);

        (Account with { Key = new Secret(pem) }).RefusedFields().Should().Equal("Key");
    }
}
