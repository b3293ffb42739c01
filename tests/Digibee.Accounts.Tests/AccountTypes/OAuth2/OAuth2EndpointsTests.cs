using System.Net;

namespace Digibee.Accounts;

public sealed class OAuth2EndpointsTests : IAsyncDisposable
{
    private static readonly OAuth2Provider Provider = new() { Name = "found", Issuer = new Uri("https://idp.example/tenant") };

    private readonly TokenFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task FindAsync_OfAnIssuer_ReadsItsMetadataOnceADay()
    {
        _fixture.Endpoint.Answer = static _ => Metadata();

        var (found, _) = await FindAsync();
        await FindAsync();

        found!.Token.Should().Be(new TokenEndpoint(new Uri("https://idp.example/tenant/token"), IsFromData: true));
        found.Authorization.Should().Be(new Uri("https://idp.example/tenant/authorize"));
        _fixture.Endpoint.Request.Uri.OriginalString.Should().Be("https://idp.example/tenant/.well-known/openid-configuration");
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        await FindAsync();
        _fixture.Endpoint.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task FindAsync_WithoutOpenIdMetadata_LooksForThatOfRfc8414()
    {
        _fixture.Endpoint.Answer = static request => request.Number == 1 ? new HttpResponseMessage(HttpStatusCode.NotFound) : Metadata();

        var (found, _) = await FindAsync();

        found.Should().NotBeNull();
        _fixture.Endpoint.Requests[1].Uri.OriginalString.Should().Be("https://idp.example/.well-known/oauth-authorization-server/tenant");
    }

    [Theory]
    [InlineData("https://idp.example/other", "https://idp.example/tenant/token")]
    [InlineData("https://idp.example/tenant/", "https://idp.example/tenant/token")]
    [InlineData("https://evil.example", "https://idp.example/tenant/token")]
    [InlineData("https://idp.example/tenant", "https://evil.example/token")]
    [InlineData("https://idp.example/tenant", "http://idp.example/token")]
    [InlineData("https://idp.example/tenant", "https://idp.example.evil.example/token")]
    [InlineData("https://idp.example/tenant", "not a uri")]
    public async Task FindAsync_OfMetadataOfAnotherIssuerOrOrigin_IsRefused(string issuer, string token)
    {
        _fixture.Endpoint.Answer = _ => Metadata(issuer, token);

        var (found, error) = await FindAsync();

        found.Should().BeNull();
        error!.Message.Should().NotContain("evil");
    }

    [Fact]
    public async Task FindAsync_OfAnEndpointAtAnOriginThatIsListed_TakesIt()
    {
        _fixture.Endpoint.Answer = static _ => Metadata(token: "https://tokens.example/token");

        var (found, _) = await FindAsync(Provider with { EndpointOrigins = ["https://tokens.example"] });

        found!.Token.Uri.Host.Should().Be("tokens.example");
    }

    [Fact]
    public async Task FindAsync_OfARegistrationWithNothing_SaysWhatToAdd() =>
        (await this.Invoking(static test => test.FindAsync(new OAuth2Provider { Name = "empty" })).Should().ThrowAsync<AccountValidationException>()).Which.Message.Should().Contain("TokenEndpoint");

    private static HttpResponseMessage Metadata(string issuer = "https://idp.example/tenant", string token = "https://idp.example/tenant/token") =>
        TestTokenEndpoint.Json($$"""{"issuer":"{{issuer}}","token_endpoint":"{{token}}","authorization_endpoint":"https://idp.example/tenant/authorize","jwks_uri":"https://idp.example/tenant/jwks"}""");

    private async Task<(OAuth2EndpointSet? Found, TokenError? Error)> FindAsync(OAuth2Provider? provider = null) =>
        await _fixture.Get<OAuth2Endpoints>().FindAsync("a", provider ?? Provider, CancellationToken.None);
}
