namespace Digibee.Accounts;

public sealed class NtlmResponseKeyTests
{
    private static readonly byte[] Published = Convert.FromHexString("0c868a403bfd7a93a3001ef22ef02e3f");

    [Theory]
    [InlineData("User")]
    [InlineData("uSER")]
    public void Derive_OfTheExampleOfSection42411_IsAsPublishedInAnyCaseOfTheUser(string userName) =>
        Derive(NtlmExample.Identity with { UserName = userName }, "Password").Should().Equal(Published);

    [Theory]
    [InlineData("DOMAIN", "Password")]
    [InlineData("Domain", "password")]
    [InlineData("Domain", "")]
    public void Derive_OfAnotherCaseOfDomainOrPassword_IsAnotherKey(string domain, string password) =>
        Derive(NtlmExample.Identity with { Domain = domain }, password).Should().NotEqual(Published);

    // MD4 of the UTF-16 text, then HMAC-MD5 over "USER" and no domain: computed with Python's hmac and OpenSSL's md4.
    [Theory]
    [InlineData("pässwörd€😀", "04a0f33b7b6c7013e620ece6feea6a92")]
    [InlineData("", "bce57315ea99776999a562c80394ef7b")]
    public void Derive_OfTextOutsideAsciiAndOfNone_TakesUtf16(string password, string expected) =>
        Derive(new NtlmIdentity("user", "", ""), password).Should().Equal(Convert.FromHexString(expected));

    private static byte[] Derive(NtlmIdentity identity, string password)
    {
        var key = new byte[NtlmHash.Length];
        NtlmResponseKey.Derive(identity, new Secret(password), key);
        return key;
    }
}
