namespace Digibee.Accounts;

public sealed class CertificateChainAccountTests
{
    private static readonly CertificateChainAccount Account = (CertificateChainAccount)AccountSamples.Minimal("certificate-chain");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Chain = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Chain");

    [Fact]
    public void Inspect_OfWhatOpenSslWrites_SkipsTheTextBetweenTheBlocks()
    {
        const string Recipe = "Bag Attributes\n    localKeyID: 01\nsubject=CN = x\nissuer=CN = y\n" + AccountSamples.CertificatePem + AccountSamples.CertificatePem
            + "Bag Attributes\nKey Attributes: <No Attributes>\n" + AccountSamples.EncryptedKeyPem;

        (Account with { Chain = new Secret(Recipe), Password = new Secret("c4n4ry") }).Inspected().Should().Match<AccountInspection>(
            static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Count == 0);
    }

    [Fact]
    public void Inspect_OfAnEncryptedKeyWithoutItsPassword_RefusesIt() =>
        (Account with { Chain = new Secret(AccountSamples.CertificatePem + AccountSamples.EncryptedKeyPem) }).RefusedFields().Should().Equal("Password");

    [Fact]
    public void Inspect_OfAnEmptyPassword_RefusesIt() => (Account with { Password = new Secret("") }).RefusedFields().Should().Equal("Password");

    [Fact]
    public void Inspect_OfAPasswordForAPlainKey_Warns() =>
        (Account with { Password = new Secret("c4n4ry") }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Password: ");

    [Fact]
    public void Inspect_OfCertificatesWithoutAKey_Warns() =>
        (Account with { Chain = new Secret(AccountSamples.CertificatePem) }).Inspected().Should().Match<AccountInspection>(
            static inspection => inspection.Problems.Count == 0 && inspection.Warnings.Single().StartsWith("Chain: "));

    [Theory]
    [InlineData("")]
    [InlineData("c4n4ry")]
    [InlineData(AccountSamples.PrivateKeyPem)]
    [InlineData("-----BEGIN CERTIFICATE-----\nYzRuNHJ5\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nYzRuNHJ5\n-----END PRIVATE KEY-----\n")]
    public void Inspect_OfNoCertificate_RefusesItWithoutRepeatingIt(string chain)
    {
        var problems = (Account with { Chain = new Secret(chain) }).Inspected().Problems;

        problems.Should().ContainSingle().Which.Field.Should().Be("Chain");
        problems[0].Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5");
    }
}
