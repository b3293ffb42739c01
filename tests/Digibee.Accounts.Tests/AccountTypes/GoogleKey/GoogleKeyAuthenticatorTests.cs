using System.Net;
using System.Security.Cryptography;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Digibee.Accounts;

/// <summary>Against a fake that verifies what it is sent, and beside Google's own library.</summary>
public sealed class GoogleKeyAuthenticatorTests : IAsyncDisposable
{
    private const string Email = "robot@project.example";
    private const string TokenUri = "https://oauth2.googleapis.com/token";

    private readonly RSA _key = RSA.Create(2048);
    private readonly TokenFixture _fixture = new();

    public GoogleKeyAuthenticatorTests() => _fixture.Endpoint.Answer = request => IsVerified(request)
        ? TestTokenEndpoint.Json($$"""{"access_token":"ya29.{{request.Number}}","expires_in":3599,"token_type":"Bearer","id_token":"id.token.{{request.Number}}"}""")
        : TestTokenEndpoint.Error("invalid_grant");

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_WithScopes_ExchangesAnAssertionThatVerifies()
    {
        await _fixture.Vault.SaveAsync(Account() with { Scopes = GoogleKeyAccount.ParseScopes("https://www.googleapis.com/auth/drive, https://www.googleapis.com/auth/pubsub") });

        (await SendAsync()).Should().Be("Bearer ya29.1");

        var assertion = new JsonWebToken(_fixture.Endpoint.Request.Form["assertion"]);
        assertion.Alg.Should().Be("RS256");
        assertion.Kid.Should().Be("k1");
        assertion.GetClaim("scope").Value.Should().Be("https://www.googleapis.com/auth/drive https://www.googleapis.com/auth/pubsub");
        assertion.TryGetClaim("sub", out _).Should().BeFalse();
        (assertion.ValidTo - assertion.IssuedAt).Should().Be(TimeSpan.FromHours(1));
        _fixture.Endpoint.Request.Uri.OriginalString.Should().Be(TokenUri);
    }

    [Fact]
    public async Task SendAsync_ForAnotherUser_NamesThem()
    {
        await _fixture.Vault.SaveAsync(Account() with { Scopes = ["s"], Subject = "alice@project.example" });

        await SendAsync();

        new JsonWebToken(_fixture.Endpoint.Request.Form["assertion"]).Subject.Should().Be("alice@project.example");
    }

    [Fact]
    public async Task SendAsync_WithAnIdToken_AsksForTheAudience()
    {
        await _fixture.Vault.SaveAsync(Account() with { Mode = GoogleKeyMode.IdToken, Audience = "client.apps.example", AllowedOrigins = ["https://storage.googleapis.com"] });

        (await SendAsync()).Should().Be("Bearer id.token.1");

        var assertion = new JsonWebToken(_fixture.Endpoint.Request.Form["assertion"]);
        assertion.GetClaim("target_audience").Value.Should().Be("client.apps.example");
        assertion.TryGetClaim("scope", out _).Should().BeFalse();
    }

    [Fact]
    public async Task SendAsync_WithAnIdTokenAndAnAnswerWithoutOne_DoesNotSendTheAccessToken()
    {
        await _fixture.Vault.SaveAsync(Account() with { Mode = GoogleKeyMode.IdToken, Audience = "client.apps.example", AllowedOrigins = ["https://storage.googleapis.com"] });
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Tokens("ya29.1");

        var sending = () => SendAsync();

        (await sending.Should().ThrowAsync<AccountException>()).Which.Message.Should().Contain("the kind that was asked for");
        _fixture.Authorizations.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithAnIdTokenAndNoOrigin_IsRefused()
    {
        await _fixture.Vault.SaveAsync(Account() with { Mode = GoogleKeyMode.IdToken, Audience = "client.apps.example" });

        await this.Invoking(static test => test.SendAsync()).Should().ThrowAsync<AccountOriginException>();
    }

    [Fact]
    public async Task SendAsync_WithASelfSignedJwt_CallsNobodyAndStoresNothing()
    {
        await _fixture.Vault.SaveAsync(Account() with { Mode = GoogleKeyMode.SelfSignedJwt, Audience = "https://pubsub.googleapis.com/" });

        var sent = (await SendAsync())!;

        var token = new JsonWebToken(sent["Bearer ".Length..]);
        (await VerifyAsync(sent["Bearer ".Length..], "https://pubsub.googleapis.com/")).Should().BeTrue();
        token.Subject.Should().Be(Email);
        _fixture.Endpoint.Requests.Should().BeEmpty();
        (await _fixture.Store.ListAsync(new RecordQuery { Kind = "token", IncludeDeleted = true })).Records.Should().BeEmpty();
        (await SendAsync()).Should().Be(sent, "it is made once an hour");
    }

    [Fact]
    public async Task SendAsync_AfterTheTokenExpired_AsksAnew()
    {
        await _fixture.Vault.SaveAsync(Account() with { Scopes = ["s"] });
        await SendAsync();

        _fixture.Time.Advance(TimeSpan.FromSeconds(3599));

        (await SendAsync()).Should().Be("Bearer ya29.2");
    }

    [Fact]
    public async Task SaveAsync_OfANewKey_AsksAnewWithIt()
    {
        await _fixture.Vault.SaveAsync(Account() with { Scopes = ["s"] });
        await SendAsync();
        using var other = RSA.Create(2048);

        await _fixture.Vault.SaveAsync(Account(other) with { Scopes = ["s"] });

        await this.Invoking(static test => test.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>("the fake knows the first key only");
    }

    [Fact]
    public async Task GooglesOwnLibrary_FromTheSameFake_GetsATokenForTheSameKind()
    {
        var google = new ServiceAccountCredential(new ServiceAccountCredential.Initializer(Email)
        {
            Key = _key,
            KeyId = "k1",
            Scopes = ["https://www.googleapis.com/auth/drive"],
            HttpClientFactory = new FakeFactory(_fixture.Endpoint),
            Clock = new FakeClock(_fixture.Time),
        });
        await _fixture.Vault.SaveAsync(Account() with { Scopes = ["https://www.googleapis.com/auth/drive"] });

        (await google.GetAccessTokenForRequestAsync()).Should().Be("ya29.1");
        (await SendAsync()).Should().Be("Bearer ya29.2");

        var (theirs, ours) = (new JsonWebToken(_fixture.Endpoint.Requests[0].Form["assertion"]), new JsonWebToken(_fixture.Endpoint.Requests[1].Form["assertion"]));

        // Theirs is a class that ID tokens are read into as well; its default comes along.
        ours.Claims.Select(Text).Should().BeEquivalentTo(theirs.Claims.Select(Text).Where(static claim => claim != "email_verified=false"));
        ours.Alg.Should().Be(theirs.Alg);
        ours.Kid.Should().Be(theirs.Kid);
        _fixture.Endpoint.Requests[1].Form["grant_type"].Should().Be(_fixture.Endpoint.Requests[0].Form["grant_type"]);

        static string Text(System.Security.Claims.Claim claim) => $"{claim.Type}={claim.Value}";
    }

    private GoogleKeyAccount Account(RSA? key = null) => new()
    {
        Name = "a",
        Key = new Secret($$"""{"type":"service_account","private_key_id":"k1","private_key":"{{(key ?? _key).ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n")}}","client_email":"{{Email}}","token_uri":"{{TokenUri}}"}"""),
    };

    private async Task<string?> SendAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://storage.googleapis.com/b");
        using var response = await _fixture.Get<System.Net.Http.IHttpClientFactory>().CreateClient("api").SendAsync(request);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return _fixture.Authorizations[^1];
    }

    private bool IsVerified(TestTokenRequest request) =>
        request.Form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer" && VerifyAsync(request.Form["assertion"]!, TokenUri).GetAwaiter().GetResult();

    private async Task<bool> VerifyAsync(string jwt, string audience)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = Email,
            ValidAudience = audience,
            ValidAlgorithms = ["RS256"],
            IssuerSigningKey = new RsaSecurityKey(_key.ExportParameters(includePrivateParameters: false)),
            LifetimeValidator = (_, expires, _, _) => expires > _fixture.Time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid;
    }

    private sealed class FakeFactory(HttpMessageHandler handler) : Google.Apis.Http.IHttpClientFactory
    {
        public ConfigurableHttpClient CreateHttpClient(CreateHttpClientArgs args) => new(new ConfigurableMessageHandler(handler));
    }

    private sealed class FakeClock(TimeProvider time) : Google.Apis.Util.IClock
    {
        public DateTime Now => UtcNow.ToLocalTime();

        public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    }
}
