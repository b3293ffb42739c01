namespace Digibee.Accounts;

public sealed class KerberosRc4Tests
{
    // RFC 6229, section 2: the key stream from its start.
    [Theory]
    [InlineData("0102030405", "b2396305f03dc027ccc3524a0a1118a86982944f18fc82d589c403a47a0d0919")]
    [InlineData("0102030405060708090a0b0c0d0e0f10", "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c")]
    public void Apply_ToZeros_GivesTheKeyStreamOfRfc6229(string key, string expected)
    {
        var data = new byte[expected.Length / 2];

        KerberosRc4.Apply(Convert.FromHexString(key), data);

        Convert.ToHexStringLower(data).Should().Be(expected);
    }
}
