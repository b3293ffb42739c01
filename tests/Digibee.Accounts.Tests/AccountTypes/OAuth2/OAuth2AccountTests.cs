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

    [Fact]
    public void Inspect_OfAControlCharacterInTheProvider_RefusesIt() => (Account with { Provider = "goo\u0001gle" }).RefusedFields().Should().Equal("Provider");
}
