using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Token requests that present a certificate, to a real server that says who it saw.</summary>
public sealed class TokenCertificatesTests : IAsyncLifetime
{
    private TestMutualTls _server = null!;
    private TokenFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestMutualTls.StartAsync();
        _server.Answer = static context => context.Response.WriteAsync("""{"access_token":"bound","token_type":"Bearer","expires_in":3600}""");
        _fixture = Fixture(TokenFixture.Provider);
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_OfAnAccountThatNamesACertificate_PresentsItAtTheTokenEndpoint()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one"));
        await _fixture.Vault.SaveAsync(Account);

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer bound");

        var seen = _server.Requests.Should().ContainSingle().Subject;
        seen.Identity.Should().Be("CN=one");
        seen.Host.Should().Be("idp.example");
        seen.Authorization.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithASecretAndACertificate_SendsBoth()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one"));
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { CertificateAccount = "certificate" });

        await _fixture.AuthorizationAsync();

        _server.Requests.Should().ContainSingle().Which.Should().Match<TestMutualTls.SeenRequest>(static seen => seen.Identity == "CN=one" && seen.Authorization.StartsWith("Basic "));
    }

    [Fact]
    public async Task SendAsync_AfterTheCertificateWasRotated_PresentsTheNewOneOverANewConnection()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one"));
        await _fixture.Vault.SaveAsync(Account);
        await _fixture.AuthorizationAsync();

        await _fixture.Vault.SaveAsync(Certificate("CN=two"));
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.AuthorizationAsync();

        _server.Requests.Select(static seen => seen.Identity).Should().Equal("CN=one", "CN=two");
        _server.Requests.Select(static seen => seen.Connection).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task SendAsync_OfAnAccountWithoutACertificate_PresentsNone()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one"));
        await _fixture.Vault.SaveAsync(Account);
        await _fixture.AuthorizationAsync();

        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();

        _server.Requests.Select(static seen => seen.Identity).Should().Equal("CN=one", "nobody");
    }

    [Fact]
    public async Task SendAsync_WithACertificateThatDoesNotListTheEndpoint_ConnectsNowhere()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one") with { AllowedOrigins = ["https://elsewhere.example"] });
        await _fixture.Vault.SaveAsync(Account);

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("certificate");

        _server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_ToAnEndpointInClearText_ConnectsNowhere()
    {
        await using var fixture = Fixture(TokenFixture.Provider with { TokenEndpoint = new Uri("http://localhost/token") });
        await fixture.Vault.SaveAsync(Certificate("CN=one") with { AllowedOrigins = ["http://localhost"] });
        await fixture.Vault.SaveAsync(Account);

        (await fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountOriginException>()).Which.Message.Should().Contain("clear text");

        _server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_ThroughAProxyThatSpeaksTls_ConnectsNowhere()
    {
        await using var fixture = new TokenFixture(builder => builder.Services.AddSingleton(new TokenHandlerFactory(_ =>
        {
            var handler = _server.CreateHandler();
            handler.Proxy = new WebProxy("https://proxy.example:8443");
            return handler;
        })));
        await fixture.Vault.SaveAsync(Certificate("CN=one"));
        await fixture.Vault.SaveAsync(Account);

        // The platform would present the certificate to the proxy too.
        (await fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("'certificate'").And.Contain("proxy");

        _server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithACertificateThatTheServerDoesNotTake_NamesIt()
    {
        var stranger = TestCertificates.SelfSigned("CN=stranger");
        await _fixture.Vault.SaveAsync(Certificate("CN=one") with { Chain = new Secret(TestCertificates.Pem(stranger) + stranger.KeyPem()) });
        await _fixture.Vault.SaveAsync(Account);

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("certificate of account 'certificate'");

        _server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithACertificateWithoutItsKey_ConnectsNowhere()
    {
        await _fixture.Vault.SaveAsync(Certificate("CN=one") with { Chain = new Secret(TestCertificates.Pem(TestMutualTls.Issuing.Client("CN=one"))) });
        await _fixture.Vault.SaveAsync(Account);

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountValidationException>()).Which.AccountName.Should().Be("certificate");

        _server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithAReferenceToAnotherType_NamesTheField()
    {
        await _fixture.Vault.SaveAsync(VaultFixture.Bearer("certificate"));
        await _fixture.Vault.SaveAsync(Account);

        var error = (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountValidationException>()).Which;

        error.Problems.Should().ContainSingle().Which.Field.Should().Be("CertificateAccount");
        error.Message.Should().Contain("Certificate Chain");
    }

    [Fact]
    public async Task BeginDeviceAsync_OfAnAccountThatNamesACertificate_PresentsIt()
    {
        _server.Answer = static context => context.Response.WriteAsync("""{"device_code":"d","user_code":"u","verification_uri":"https://idp.example/device","expires_in":600}""");
        await _fixture.Vault.SaveAsync(Certificate("CN=one"));
        await _fixture.Vault.SaveAsync(Account with { Grant = OAuth2Grant.DeviceCode });

        await _fixture.Get<IOAuth2Connector>().BeginDeviceAsync("a");

        _server.Requests.Should().ContainSingle().Which.Identity.Should().Be("CN=one");
    }

    private static OAuth2Account Account { get; } =
        TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.TlsCertificate, CertificateAccount = "certificate" };

    private static CertificateChainAccount Certificate(string subject) => TestMutualTls.Account("certificate", subject) with { AllowedOrigins = ["https://idp.example"] };

    private TokenFixture Fixture(OAuth2Provider provider) =>
        new(builder => builder.AddOAuth2Provider(provider).Services.AddSingleton(new TokenHandlerFactory(_ => _server.CreateHandler())));
}
