using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class PrivateKeyAccountTests
{
    private const string PgpBlock = "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlFgEYzRuNHJ5\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n";

    private static readonly PrivateKeyAccount Account = (PrivateKeyAccount)AccountSamples.Minimal("private-key");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");

    // By OpenSSL: openssl pkey -pubout -outform DER | sha256sum
    [Fact]
    public void Inspect_OfAKey_NotesWhatItIsWithoutOpeningIt()
    {
        string[] expected = ["curve=P-256", "fingerprint=257B6D637B3BE7A17F454D9E1EE1589A821B6565BDF301A7C39CEF49A98348F6", "keyAlgorithm=Ec", "keySize=256"];

        var inspection = Account.Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().BeEmpty();
        inspection.Facts().Should().Equal(expected);
        ((PrivateKeyAccount)AccountSamples.Full("private-key")).Inspected().Facts().Should().Equal(expected);
        AccountSamples.Minimal("public-key").Inspected().Facts().Should().Equal(expected);
    }

    [Theory]
    [InlineData("rsa", "Rsa", "2048")]
    [InlineData("p521", "Ec", "521")]
    [InlineData("ed25519", "Ed25519", "256")]
    [InlineData("ed448", "Ed448", "448")]
    public void Inspect_OfEachKind_NotesAlgorithmAndSize(string name, string algorithm, string size)
    {
        var inspection = (Account with { Key = new Secret(TestKeys.PrivatePem(name)) }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().BeEmpty();
        (inspection.Facts["keyAlgorithm"], inspection.Facts["keySize"]).Should().Be((algorithm, size));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ry")]
    [InlineData("M4n4ry c4n4ry")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"c4n4ry\"")]
    [InlineData("{\"kty\":\"oct\",\"k\":\"c4n4ry\"}")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nc4n4ry\n")]
    [InlineData(AccountSamples.VerificationKeyPem)]
    [InlineData(AccountSamples.CertificateOfKeyPem)]
    [InlineData(AccountSamples.PrivateKeyPem)]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nYzRuNHJ5\n-----END PGP PUBLIC KEY BLOCK-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nYzRuNHJ5\n")]
    [InlineData("-----BEGIN DSA PRIVATE KEY-----\nYzRuNHJ5\n-----END DSA PRIVATE KEY-----\n")]
    public void Inspect_OfNoPrivateKey_RefusesItWithoutRepeatingIt(string key)
    {
        var problem = (Account with { Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Key");
        problem.Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5", "M4n4ry");
    }

    [Fact]
    public void Inspect_OfTwoKeys_RefusesThem() =>
        Message(Account with { Key = new Secret(TestKeys.PrivatePem("p256") + "\n" + TestKeys.PrivatePem("rsa")) }).Should().StartWith("it holds more than one private key");

    [Fact]
    public void Inspect_OfAKeyBesideItsCertificateOrAnothers_TakesItsOwnOnly()
    {
        var own = Account with { Key = new Secret(AccountSamples.CertificateOfKeyPem + AccountSamples.SigningKeyPem) };
        var others = Account with { Key = new Secret(AccountSamples.CertificateOfKeyPem + TestKeys.PrivatePem("p256")) };

        own.Inspected().Problems.Should().BeEmpty();
        Message(others).Should().StartWith("the certificate beside it belongs to another key");
    }

    [Fact]
    public void Inspect_OfAnEncryptedKey_NeedsItsPassphrase()
    {
        var key = new Secret(AccountSamples.EncryptedSigningKeyPem);

        (Account with { Key = key, Passphrase = new Secret("c4n4ry") }).Inspected().Warnings.Should().BeEmpty();
        (Account with { Key = key }).RefusedFields().Should().Equal("Passphrase");
        (Account with { Key = key, Passphrase = new Secret("wrong") }).RefusedFields().Should().Equal("Passphrase");
        (Account with { Key = key, Passphrase = new Secret("") }).RefusedFields().Should().Equal("Passphrase");
    }

    [Fact]
    public void Inspect_OfAPassphraseThatNothingNeeds_WarnsAndRefusesAnEmptyOne()
    {
        (Account with { Passphrase = new Secret("c4n4ry") }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Passphrase: the private key is not encrypted");
        (Account with { Passphrase = new Secret("") }).RefusedFields().Should().Equal("Passphrase");
    }

    [Fact]
    public void Inspect_OfAPgpKey_KeepsItForPgpAlone()
    {
        var inspection = (Account with { Key = new Secret(PgpBlock) }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().ContainSingle().Which.Should().Be("Key: it is a key for PGP, which makes no other signatures.");
        inspection.Facts().Should().Equal("keyAlgorithm=Pgp");
        FluentActions.Invoking(() => SigningKey.Of(TestKeys.Open(Account with { Key = new Secret(PgpBlock) })).DefaultAlgorithm).Should().Throw<AccountValidationException>();
    }

    [Fact]
    public void Inspect_OfAKeyThatMakesNoSignatures_WarnsAndSigningSaysWhy()
    {
        using var weak = RSA.Create(1_024);
        using var brainpool = ECDsa.Create(ECCurve.CreateFromValue("1.3.36.3.3.2.8.1.1.7"));
        (string Pem, string Why)[] cases =
        [
            (weak.ExportPkcs8PrivateKeyPem(), "it is an RSA key of less than 2,048 bits"),
            (brainpool.ExportPkcs8PrivateKeyPem(), "no signatures are defined for its curve"),
            (TestKeys.X25519Pem, "it is for key agreement and makes no signatures"),
        ];
        foreach (var (pem, why) in cases)
        {
            var account = Account with { Key = new Secret(pem) };

            account.Inspected().Problems.Should().BeEmpty();
            account.Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith($"Key: {why}");
            FluentActions.Invoking(() => SigningKey.Of(TestKeys.Open(account)).DefaultAlgorithm).Should().Throw<AccountValidationException>().WithMessage($"Account 'private-key' is not usable: Key: {why}*");
        }
    }

    private static string Message(PrivateKeyAccount account) => account.Inspected().Problems.Should().ContainSingle().Which.Message;
}
