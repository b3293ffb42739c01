namespace Digibee.Accounts;

public sealed class NtlmHashTests
{
    // RFC 1320, section A.5.
    [Theory]
    [InlineData("", "31d6cfe0d16ae931b73c59d7e0c089c0")]
    [InlineData("abc", "a448017aaf21d8525fc10ae87aa6729d")]
    [InlineData("message digest", "d9130a8164549fe818874806e1c7014b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "e33b4ddc9c38f2199c3e7b164fcc0536")]
    public void Md4_OfTheExamplesOfRfc1320_IsAsPublished(string text, string hash)
    {
        var actual = new byte[NtlmHash.Length];

        NtlmHash.Md4(System.Text.Encoding.ASCII.GetBytes(text), actual);

        actual.Should().Equal(Convert.FromHexString(hash));
    }

    // RFC 2202, section 2, case 2.
    [Fact]
    public void HmacMd5_OfOneTextAndOfItsParts_IsAsPublished()
    {
        var expected = Convert.FromHexString("750c783e6ab0b503eaa86e310a5db738");
        var whole = new byte[NtlmHash.Length];
        var parts = new byte[NtlmHash.Length];

        NtlmHash.HmacMd5("Jefe"u8, "what do ya want for nothing?"u8, whole);
        NtlmHash.HmacMd5("Jefe"u8, "what do ya "u8, "want for "u8, "nothing?"u8, parts);

        whole.Should().Equal(expected);
        parts.Should().Equal(expected);
    }
}
