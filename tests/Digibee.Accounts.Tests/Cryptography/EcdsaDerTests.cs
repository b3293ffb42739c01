using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class EcdsaDerTests
{
    [Fact]
    public void Encode_OfASignature_IsWhatThePlatformTakes()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        for (var i = 0; i < 50; i++)
        {
            var numbers = key.SignData(new[] { (byte)i }, HashAlgorithmName.SHA512);

            var der = EcdsaDer.Encode(numbers);

            key.VerifyData((ReadOnlySpan<byte>)[(byte)i], der, HashAlgorithmName.SHA512, DSASignatureFormat.Rfc3279DerSequence).Should().BeTrue();
            var back = new byte[numbers.Length];
            EcdsaDer.TryDecode(der, back).Should().BeTrue();
            back.Should().Equal(numbers);
        }
    }

    // Two numbers of two bytes each; what is not DER, or not two such numbers, is no signature.
    [Theory]
    [InlineData("3008020201020202" + "0304", true)]
    [InlineData("300702010102020304", true)]
    [InlineData("3006020101020101", true)]
    [InlineData("30060201000201" + "00", true)]
    [InlineData("", false)]
    [InlineData("30", false)]
    [InlineData("3006020101020101" + "00", false)] // something behind it
    [InlineData("3009020101020101020101", false)] // three numbers
    [InlineData("3003020101", false)] // one number
    [InlineData("30060201ff020101", false)] // negative
    [InlineData("3007020200010201" + "01", false)] // not the shortest form
    [InlineData("3080020101020101" + "0000", false)] // indefinite length
    [InlineData("300802030102030201" + "01", false)] // too large
    public void TryDecode_OfEachForm_TakesDerAlone(string der, bool isTaken) => EcdsaDer.TryDecode(Convert.FromHexString(der), new byte[4]).Should().Be(isTaken);
}
