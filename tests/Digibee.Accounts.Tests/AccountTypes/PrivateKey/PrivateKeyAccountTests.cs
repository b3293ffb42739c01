namespace Digibee.Accounts;

public sealed class PrivateKeyAccountTests
{
    private static readonly PrivateKeyAccount Account = (PrivateKeyAccount)AccountSamples.Minimal("private-key");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("EC PRIVATE KEY")]
    [InlineData("OPENSSH PRIVATE KEY")]
    [InlineData("PGP PRIVATE KEY BLOCK")]
    public void Inspect_OfAKeyUnderAnotherLabel_FindsNothing(string label) =>
        (Account with { Key = new Secret(AccountSamples.PrivateKeyPem.Replace("PRIVATE KEY", label)) }).RefusedFields().Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ry")]
    [InlineData(AccountSamples.PublicKeyPem)]
    [InlineData(AccountSamples.CertificatePem)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nYzRuNHJ5\n")]
    public void Inspect_OfNoPrivateKey_RefusesItWithoutRepeatingIt(string key)
    {
        var problem = (Account with { Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Key");
        problem.Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5");
    }

    [Theory]
    [InlineData(AccountSamples.EncryptedKeyPem)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nYzRuNHJ5\n-----END RSA PRIVATE KEY-----\n")]
    public void Inspect_OfAnEncryptedKey_NeedsItsPassphrase(string key)
    {
        (Account with { Key = new Secret(key) }).RefusedFields().Should().Equal("Passphrase");
        (Account with { Key = new Secret(key), Passphrase = new Secret("") }).RefusedFields().Should().Contain("Passphrase");
        (Account with { Key = new Secret(key), Passphrase = new Secret("c4n4ry") }).Inspected().Should().Match<AccountInspection>(
            static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);
    }

    [Fact]
    public void Inspect_OfAPassphrase_WarnsWhenTheKeyIsPlainAndNotWhenItKeepsThatToItself()
    {
        var account = Account with { Passphrase = new Secret("c4n4ry") };

        account.Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Passphrase: ");
        (account with { Key = new Secret(AccountSamples.PrivateKeyPem.Replace("PRIVATE KEY", "OPENSSH PRIVATE KEY")) }).Inspected().Warnings.Should().BeEmpty();
    }
}
