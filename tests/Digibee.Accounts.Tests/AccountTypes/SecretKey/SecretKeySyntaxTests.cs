using System.Text;

namespace Digibee.Accounts;

public sealed class SecretKeySyntaxTests
{
    [Theory]
    [InlineData(SecretKeyEncoding.Text, "k", 1)]
    [InlineData(SecretKeyEncoding.Text, "ü\n", 3)]
    [InlineData(SecretKeyEncoding.Hexadecimal, "00", 1)]
    [InlineData(SecretKeyEncoding.Hexadecimal, "0aFF", 2)]
    [InlineData(SecretKeyEncoding.Base64, "AA==", 1)]
    [InlineData(SecretKeyEncoding.Base64, "AAA=", 2)]
    [InlineData(SecretKeyEncoding.Base64, "+/+/", 3)]
    public void Length_OfAKeyWrittenSo_IsItsBytes(SecretKeyEncoding encoding, string key, int length) => Length(key, encoding).Should().Be(length);

    [Theory]
    [InlineData(SecretKeyEncoding.Hexadecimal, "0")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "0x00")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "00 11")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "0011\n")]
    [InlineData(SecretKeyEncoding.Hexadecimal, "gg")]
    [InlineData(SecretKeyEncoding.Base64, "AA")]
    [InlineData(SecretKeyEncoding.Base64, "AA=")]
    [InlineData(SecretKeyEncoding.Base64, "AA==\n")]
    [InlineData(SecretKeyEncoding.Base64, "AA AA===")]
    [InlineData(SecretKeyEncoding.Base64, "-_-_")]
    [InlineData(SecretKeyEncoding.Base64, "====")]
    public void Length_OfAKeyWrittenOtherwise_IsNothing(SecretKeyEncoding encoding, string key) => Length(key, encoding).Should().BeNull();

    [Theory]
    [InlineData(SecretKeyEncoding.Text)]
    [InlineData(SecretKeyEncoding.Hexadecimal)]
    [InlineData(SecretKeyEncoding.Base64)]
    public void Length_OfNoKey_IsNothing(SecretKeyEncoding encoding) => Length("", encoding).Should().BeNull();

    private static int? Length(string key, SecretKeyEncoding encoding) => SecretKeySyntax.Length(Encoding.UTF8.GetBytes(key), encoding);
}
