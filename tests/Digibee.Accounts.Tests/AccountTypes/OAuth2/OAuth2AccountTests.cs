namespace Digibee.Accounts;

public sealed class OAuth2AccountTests
{
    private static readonly OAuth2Account Account = (OAuth2Account)AccountSamples.Minimal("oauth-2");

    [Fact]
    public void Init_OfALineBreak_IsRefused()
    {
        FluentActions.Invoking(() => Account with { Provider = "a\n" }).Should().Throw<ArgumentException>().WithParameterName("Provider");
        FluentActions.Invoking(() => Account with { Scopes = ["a\n"] }).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Inspect_OfEverythingWrong_ReportsAllAtOnce() =>
        (Account with { Provider = "", Scopes = ["read write", "ok", "\"quoted\""] }).RefusedFields().Should().Equal("Provider", "Scopes", "Scopes");

    [Theory]
    [InlineData("oauth-2")] // Its own name.
    [InlineData("NO NAME")]
    [InlineData("other/name")]
    [InlineData("")]
    public void Inspect_OfAReferenceThatLeadsNowhere_RefusesIt(string name) =>
        (Account with { KeyAccount = name, CertificateAccount = name }).RefusedFields().Should().Equal("KeyAccount", "CertificateAccount");

    [Theory]
    [InlineData(OAuth2ClientAuthentication.PrivateKeyJwt, "KeyAccount")]
    [InlineData(OAuth2ClientAuthentication.TlsCertificate, "CertificateAccount")]
    [InlineData(OAuth2ClientAuthentication.Basic, "ClientSecret")]
    [InlineData(OAuth2ClientAuthentication.Post, "ClientSecret")]
    public void Inspect_OfAProofWithoutWhatItTakes_NamesTheField(OAuth2ClientAuthentication authentication, string field) =>
        (Account with { ClientAuthentication = authentication }).RefusedFields().Should().Equal(field);

    [Fact]
    public void Inspect_OfAControlCharacterInTheProvider_RefusesIt() => (Account with { Provider = "goo\u0001gle" }).RefusedFields().Should().Equal("Provider");
}
