using System.Net;
using Microsoft.Extensions.DependencyInjection;

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

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"c4n4ry\"")]
    [InlineData("<html>c4n4ry</html>")]
    [InlineData("{\"issuer\":{}}")]
    [InlineData("{\"issuer\":[\"c4n4ry\"],\"token_endpoint\":7}")]
    public async Task FindAsync_OfADocumentThatIsNone_SaysSo(string json)
    {
        _fixture.Endpoint.Answer = _ => TestTokenEndpoint.Json(json);

        var (found, error) = await FindAsync();

        found.Should().BeNull();
        error!.Message.Should().Contain("EndpointOrigins").And.NotContain("c4n4ry");
    }

    [Fact]
    public async Task FindAsync_OfMetadataWithAliases_HasThemForClientsWithACertificate()
    {
        const string Aliases = """{"token_endpoint":"https://mtls.example/token","device_authorization_endpoint":"https://idp.example/mtls/device"}""";
        _fixture.Endpoint.Answer = static _ => Metadata(more: $",\"device_authorization_endpoint\":\"https://idp.example/tenant/device\",\"mtls_endpoint_aliases\":{Aliases}");

        var (found, _) = await FindAsync(Provider with { EndpointOrigins = ["https://mtls.example"] });

        found!.Token.Uri.OriginalString.Should().Be("https://idp.example/tenant/token");
        found.WithCertificate!.Token.Should().Be(new TokenEndpoint(new Uri("https://mtls.example/token"), IsFromData: true));
        found.WithCertificate.Refresh.Should().Be(found.WithCertificate.Token);
        found.WithCertificate.DeviceAuthorization.Should().Be(new TokenEndpoint(new Uri("https://idp.example/mtls/device"), IsFromData: true));
        found.WithCertificate.Authorization.Should().Be(found.Authorization, "a browser has no such certificate");
    }

    [Theory]
    [InlineData("""{"token_endpoint":"https://evil.example/token"}""")]
    [InlineData("""{"token_endpoint":"http://idp.example/token"}""")]
    [InlineData("""{"device_authorization_endpoint":"https://evil.example/device"}""")]
    [InlineData("""{"token_endpoint":"not a uri"}""")]
    public async Task FindAsync_OfAnAliasAtAnotherOrigin_IsForClientsWithoutACertificateOnly(string aliases)
    {
        _fixture.Endpoint.Answer = _ => Metadata(more: $",\"mtls_endpoint_aliases\":{aliases}");

        var (found, _) = await FindAsync();

        found!.Token.Uri.OriginalString.Should().Be("https://idp.example/tenant/token");
        found.WithCertificate.Should().BeNull();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    [InlineData("""{"token_endpoint":7}""")]
    public async Task FindAsync_OfAliasesThatAreNone_NeverThrows(string aliases)
    {
        _fixture.Endpoint.Answer = _ => Metadata(more: $",\"mtls_endpoint_aliases\":{aliases}");

        var finding = () => FindAsync();

        (await finding.Should().NotThrowAsync()).Which.Found!.Token.Uri.Host.Should().Be("idp.example");
    }

    [Fact]
    public async Task SendAsync_WithACertificateAndAnAliasAtAnotherOrigin_SaysWhatToList()
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(Provider with { Name = "example" }));
        fixture.Endpoint.Answer = static _ => Metadata(more: ",\"mtls_endpoint_aliases\":{\"token_endpoint\":\"https://evil.example/token\"}");
        await fixture.Vault.SaveAsync(TestMutualTls.Account("certificate", "CN=c"));
        await fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { CertificateAccount = "certificate" });

        (await fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("EndpointOrigins").And.NotContain("evil");

        fixture.Endpoint.Requests.Should().OnlyContain(static request => request.Method == HttpMethod.Get);
    }

    [Fact]
    public async Task FindAsync_OfARegistrationWithNothing_SaysWhatToAdd() =>
        (await this.Invoking(static test => test.FindAsync(new OAuth2Provider { Name = "empty" })).Should().ThrowAsync<AccountValidationException>()).Which.Message.Should().Contain("TokenEndpoint");

    private static HttpResponseMessage Metadata(string issuer = "https://idp.example/tenant", string token = "https://idp.example/tenant/token", string more = "") =>
        TestTokenEndpoint.Json($$"""{"issuer":"{{issuer}}","token_endpoint":"{{token}}","authorization_endpoint":"https://idp.example/tenant/authorize","jwks_uri":"https://idp.example/tenant/jwks"{{more}}}""");

    private async Task<(OAuth2EndpointSet? Found, TokenError? Error)> FindAsync(OAuth2Provider? provider = null) =>
        await _fixture.Get<OAuth2Endpoints>().FindAsync("a", provider ?? Provider, CancellationToken.None);
}
