namespace Digibee.Accounts;

public sealed class ApiKeyAuthenticatorTests
{
    [Theory]
    [InlineData("key", "abc", "https://api.example/p", "/p?key=abc")]
    [InlineData("api key", "a/b+c=d&e \u00e9", "https://api.example/p?x=1", "/p?x=1&api%20key=a%2Fb%2Bc%3Dd%26e%20%C3%A9")]
    [InlineData("key", "new", "https://api.example/p?key=old&x=1&key=older", "/p?x=1&key=new")]
    public async Task AuthenticateAsync_InTheQuery_AddsOneEncodedParameter(string name, string key, string uri, string expected)
    {
        var sent = await TestSend.PathAndQueryAsync(Account(ApiKeyPlacement.Query, name, key), uri);

        sent.Should().Be(expected);
    }

    [Fact]
    public async Task AuthenticateAsync_InAHeader_SetsTheKeyAsItIs()
    {
        var sent = await TestSend.HeaderAsync(Account(ApiKeyPlacement.Header, "X-Api-Key", "a/b+c=d"), "X-Api-Key");

        sent.Should().Be("a/b+c=d");
    }

    [Fact]
    public async Task AuthenticateAsync_InACookie_SetsTheKeyAsItIs()
    {
        var sent = await TestSend.HeaderAsync(Account(ApiKeyPlacement.Cookie, "session", "a/b+c=d"), "Cookie");

        sent.Should().Be("session=a/b+c=d");
    }

    [Theory]
    [InlineData(ApiKeyPlacement.Query, "", "s3cr3t")]
    [InlineData(ApiKeyPlacement.Header, "Host", "s3cr3t")]
    [InlineData(ApiKeyPlacement.Header, "X Key", "s3cr3t")]
    [InlineData(ApiKeyPlacement.Header, "X-Key", "s3cr3t\u00e9")]
    [InlineData(ApiKeyPlacement.Cookie, "ses;sion", "s3cr3t")]
    [InlineData(ApiKeyPlacement.Cookie, "session", "s3cr3t; admin=1")]
    public async Task AuthenticateAsync_WithWhatCannotBeSent_SendsNothing(ApiKeyPlacement placement, string name, string key)
    {
        var error = await TestSend.RefusedAsync(Account(placement, name, key));

        error.ToString().Should().NotContain("s3cr3t");
    }

    private static ApiKeyAccount Account(ApiKeyPlacement placement, string name, string key) =>
        new() { Name = "key", ParameterName = name, Key = new Secret(key), Placement = placement, AllowedOrigins = ["https://api.example"] };
}
