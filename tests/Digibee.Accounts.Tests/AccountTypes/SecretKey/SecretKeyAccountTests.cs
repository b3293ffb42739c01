namespace Digibee.Accounts;

public sealed class SecretKeyAccountTests
{
    private static readonly SecretKeyAccount Account = (SecretKeyAccount)AccountSamples.Minimal("secret-key");

    [Fact]
    public void Init_OfAnUndefinedEncoding_IsRefused() =>
        FluentActions.Invoking(() => Account with { Encoding = (SecretKeyEncoding)9 }).Should().Throw<ArgumentException>().WithParameterName("Encoding");

    [Theory]
    [InlineData(SecretKeyEncoding.Hexadecimal, "000102030405060708090a0b0c0d0e0F", "128")]
    [InlineData(SecretKeyEncoding.Base64, "MTIzNDU2Nzg5MDEyMzQ1NjEyMzQ1Njc4OTAxMjM0NTY=", "256")]
    public void Inspect_OfAnEncodedKey_NotesItsSizeInBits(SecretKeyEncoding encoding, string key, string size)
    {
        var inspection = (Account with { Encoding = encoding, Key = new Secret(key) }).Inspected();

        inspection.Problems.Should().BeEmpty();
        inspection.Warnings.Should().BeEmpty();
        inspection.Facts().Should().Equal($"keySize={size}");
    }

    [Fact]
    public void Inspect_OfAText_KeepsItsLengthToItself() =>
        (Account with { Key = new Secret("a passphrase of some length") }).Inspected().Facts.Should().BeEmpty();

    [Theory]
    [InlineData(SecretKeyEncoding.Text, "short")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "00010203")]
    public void Inspect_OfAShortKey_Warns(SecretKeyEncoding encoding, string key) =>
        (Account with { Encoding = encoding, Key = new Secret(key) }).Inspected().Warnings.Should().ContainSingle().Which.Should().StartWith("Key: ");

    [Theory]
    [InlineData(SecretKeyEncoding.Text, "")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "c4n4ry")]
    [InlineData(SecretKeyEncoding.Base64, "c4n4ry!!")]
    public void Inspect_OfAKeyThatDoesNotDecode_RefusesItWithoutRepeatingIt(SecretKeyEncoding encoding, string key)
    {
        var problem = (Account with { Encoding = encoding, Key = new Secret(key) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("Key");
        problem.Message.Should().NotContain("c4n4ry");
    }
}
