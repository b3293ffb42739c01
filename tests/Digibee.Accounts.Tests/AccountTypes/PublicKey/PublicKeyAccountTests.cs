namespace Digibee.Accounts;

public sealed class PublicKeyAccountTests
{
    private static readonly PublicKeyAccount Account = (PublicKeyAccount)AccountSamples.Minimal("public-key");

    [Fact]
    public void Init_OfNull_IsRefused() =>
        FluentActions.Invoking(() => Account with { Key = null! }).Should().Throw<ArgumentNullException>().WithParameterName("Key");

    [Theory]
    [InlineData("RSA PUBLIC KEY")]
    [InlineData("CERTIFICATE")]
    [InlineData("PGP PUBLIC KEY BLOCK")]
    public void Inspect_OfAKeyUnderAnotherLabel_FindsNothing(string label) =>
        (Account with { Key = new Secret(AccountSamples.PublicKeyPem.Replace("PUBLIC KEY", label)) }).RefusedFields().Should().BeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("?sv=2022-11-02&sig=c4n4ry")]
    [InlineData(AccountSamples.PrivateKeyPem)]
    [InlineData("-----BEGIN PUBLIC KEY-----\nYzRuNHJ5\n")]
    public void Inspect_OfNoPublicKey_RefusesItWithoutRepeatingIt(string key)
    {
        var problem = (Account with { Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Key");
        problem.Message.Should().NotContainAny("c4n4ry", "YzRuNHJ5");
    }
}
