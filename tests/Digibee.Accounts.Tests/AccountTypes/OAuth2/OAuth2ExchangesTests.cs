using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The token request of each grant and each way to prove the client, as the endpoint sees it.</summary>
public sealed class OAuth2ExchangesTests : IAsyncDisposable
{
    private readonly TokenFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task RequestAsync_OfARefreshToken_ExchangesThatOfTheAccountAndThenWhatItWasGiven()
    {
        await _fixture.Vault.SaveAsync(Public(OAuth2Grant.RefreshToken) with { RefreshToken = new Secret("r0"), Scopes = ["read"] });
        _fixture.Endpoint.Answer = static request => TestTokenEndpoint.Tokens($"token-{request.Number}", $$""", "expires_in": 3600, "refresh_token": "r{{request.Number}}" """);

        for (var i = 1; i <= 3; i++)
        {
            (await _fixture.AuthorizationAsync()).Should().Be($"Bearer token-{i}");
            _fixture.Time.Advance(TimeSpan.FromHours(1));
        }

        _fixture.Endpoint.Requests.Select(static request => request.Form["refresh_token"]).Should().Equal("r0", "r1", "r2");
        _fixture.Endpoint.Requests.Should().OnlyContain(static request => request.Form["grant_type"] == "refresh_token" && request.Form["scope"] == null && request.Form["client_id"] == "client");
    }

    [Fact]
    public async Task RequestAsync_OfANewRefreshTokenInTheAccount_BeginsAnewWithIt()
    {
        var account = Public(OAuth2Grant.RefreshToken) with { RefreshToken = new Secret("old") };
        await _fixture.Vault.SaveAsync(account);
        await _fixture.AuthorizationAsync();

        await _fixture.Vault.SaveAsync(account with { RefreshToken = new Secret("new") });
        await _fixture.AuthorizationAsync();

        _fixture.Endpoint.Requests.Select(static request => request.Form["refresh_token"]).Should().Equal("old", "new");
    }

    [Fact]
    public async Task RequestAsync_OfAnAnswerWithoutARefreshToken_KeepsTheOneItHas()
    {
        await _fixture.Vault.SaveAsync(Public(OAuth2Grant.RefreshToken) with { RefreshToken = new Secret("r0") });

        await _fixture.AuthorizationAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await _fixture.AuthorizationAsync();

        _fixture.Endpoint.Requests.Select(static request => request.Form["refresh_token"]).Should().Equal("r0", "r0");
    }

    [Fact]
    public async Task RequestAsync_OfThePasswordGrant_IsOffUntilTheProviderAllowsIt()
    {
        var account = Public(OAuth2Grant.Password) with { UserName = "user", Password = new Secret("p&=") };
        await _fixture.Vault.SaveAsync(account);
        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountValidationException>()).Which.Message.Should().Contain("AllowsPasswordGrant");
        _fixture.Endpoint.Requests.Should().BeEmpty();
        await using var allowing = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { AllowsPasswordGrant = true }));
        await allowing.Vault.SaveAsync(account);

        (await allowing.AuthorizationAsync()).Should().Be("Bearer token-1");

        allowing.Endpoint.Request.Form["grant_type"].Should().Be("password");
        allowing.Endpoint.Request.Form["username"].Should().Be("user");
        allowing.Endpoint.Request.Form["password"].Should().Be("p&=");
    }

    [Fact]
    public async Task RequestAsync_OfATokenExchange_HandsInTheSubjectToken()
    {
        await _fixture.Vault.SaveAsync(Public(OAuth2Grant.TokenExchange) with { SubjectToken = new Secret("subject") });

        await _fixture.AuthorizationAsync();

        // RFC 8693, sections 2.1 and 3.
        _fixture.Endpoint.Request.Form["grant_type"].Should().Be("urn:ietf:params:oauth:grant-type:token-exchange");
        _fixture.Endpoint.Request.Form["subject_token"].Should().Be("subject");
        _fixture.Endpoint.Request.Form["subject_token_type"].Should().Be("urn:ietf:params:oauth:token-type:access_token");
    }

    [Theory]
    [InlineData("RSA", "RS256")]
    [InlineData("P-256", "ES256")]
    [InlineData("P-384", "ES384")]
    public async Task RequestAsync_WithAPrivateKeyJwt_ProvesTheClientByAnAssertionForTheIssuerAlone(string kind, string algorithm)
    {
        using AsymmetricAlgorithm key = kind == "RSA" ? RSA.Create(2048) : ECDsa.Create(kind == "P-256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384);
        await SaveKeyAsync(key);
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer", KeyId = "k1" });

        await _fixture.AuthorizationAsync();

        var form = _fixture.Endpoint.Request.Form;
        form["client_assertion_type"].Should().Be("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        var (header, claims) = Verified(form["client_assertion"]!, key);
        header.GetProperty("alg").GetString().Should().Be(algorithm);
        header.GetProperty("kid").GetString().Should().Be("k1");
        claims.GetProperty("iss").GetString().Should().Be("client");
        claims.GetProperty("sub").GetString().Should().Be("client");
        claims.GetProperty("aud").GetString().Should().Be("https://idp.example/token");
        var now = _fixture.Time.GetUtcNow().ToUnixTimeSeconds();
        claims.GetProperty("iat").GetInt64().Should().Be(now);
        claims.GetProperty("exp").GetInt64().Should().Be(now + 60);
    }

    [Fact]
    public async Task RequestAsync_WithAPrivateKeyJwtTwice_SendsAnotherAssertion()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SaveKeyAsync(key);
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });
        _fixture.Endpoint.Answer = static request => request.Number == 1 ? TestTokenEndpoint.Error("server_error", System.Net.HttpStatusCode.InternalServerError) : TestTokenEndpoint.Tokens("good");

        await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountUnavailableException>();
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await _fixture.AuthorizationAsync();

        _fixture.Endpoint.Requests.Select(request => Verified(request.Form["client_assertion"]!, key).Claims.GetProperty("jti").GetString()).Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task RequestAsync_AfterTheReferredKeyWasRotated_SignsWithTheNewOne()
    {
        using var before = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var after = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SaveKeyAsync(before);
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });
        _fixture.Endpoint.Answer = static request => request.Number == 1 ? TestTokenEndpoint.Error("invalid_client") : TestTokenEndpoint.Tokens("good");
        await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>();

        await SaveKeyAsync(after);

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer good", "another revision is another chance, at once");
        Verified(_fixture.Endpoint.Requests[1].Form["client_assertion"]!, after);
    }

    [Fact]
    public async Task RequestAsync_WithAKeyThatDoesNotListTheEndpoint_SendsNothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SaveKeyAsync(key, origins: ["https://elsewhere.example"]);
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("signer");

        _fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task RequestAsync_WithAKeyThatListsTheTokenEndpointAlone_IsNotSentToTheRefreshEndpoint()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { RefreshEndpoint = new Uri("https://elsewhere.example/refresh") }));
        await fixture.Vault.SaveAsync(Signer(key, ["https://idp.example"]));
        await fixture.Vault.SaveAsync(Public(OAuth2Grant.RefreshToken) with { RefreshToken = new Secret("r0"), ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });

        (await fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountOriginException>()).Which.Message.Should().Contain("'signer'").And.Contain("https://elsewhere.example");

        fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task BeginDeviceAsync_WithAKeyThatListsTheTokenEndpointAlone_SendsNothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { DeviceAuthorizationEndpoint = new Uri("https://elsewhere.example/device") }));
        await fixture.Vault.SaveAsync(Signer(key, ["https://idp.example"]));
        await fixture.Vault.SaveAsync(Public(OAuth2Grant.DeviceCode) with { ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });

        var beginning = async () => await fixture.Get<IOAuth2Connector>().BeginDeviceAsync("a");

        (await beginning.Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("signer");
        fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task RequestAsync_WithAScopesKeyOfTheReferredName_SignsAStoredAccountWithTheStoredKey()
    {
        using var stored = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var scoped = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SaveKeyAsync(stored);
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });
        using var scope = _fixture.Vault.BeginScope();
        scope.Set(Signer(scoped, ["https://idp.example"]));

        await _fixture.AuthorizationAsync();

        Verified(_fixture.Endpoint.Request.Form["client_assertion"]!, stored);
    }

    [Fact]
    public async Task RequestAsync_WithANestedScopesKeyOfTheReferredName_SignsTheEnclosingScopesAccountWithItsOwn()
    {
        using var outer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var inner = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var enclosing = _fixture.Vault.BeginScope();
        enclosing.Set(Signer(outer, ["https://idp.example"]));
        enclosing.Set(TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer" });
        using var nested = _fixture.Vault.BeginScope();
        nested.Set(Signer(inner, ["https://idp.example"]));

        await _fixture.AuthorizationAsync();

        Verified(_fixture.Endpoint.Request.Form["client_assertion"]!, outer);
    }

    [Fact]
    public async Task RequestAsync_WithAReferenceToAnotherType_NamesTheField()
    {
        await _fixture.Vault.SaveAsync(new SecretKeyAccount { Name = "signer", Key = new Secret("k") });
        await _fixture.Vault.SaveAsync(Public(OAuth2Grant.JwtBearer) with { KeyAccount = "signer" });

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountValidationException>()).Which.Problems[0].Field.Should().Be("KeyAccount");
    }

    [Fact]
    public async Task RequestAsync_OfAJwtBearerGrant_SpeaksOfTheSubject()
    {
        using var key = RSA.Create(2048);
        await SaveKeyAsync(key);
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { AssertionAudience = "https://login.example" }));
        await fixture.Vault.SaveAsync(Signer(key, ["https://idp.example"]));
        await fixture.Vault.SaveAsync(Public(OAuth2Grant.JwtBearer) with { KeyAccount = "signer", Subject = "alice" });

        await fixture.AuthorizationAsync();

        // RFC 7523, sections 2.1 and 3.
        fixture.Endpoint.Request.Form["grant_type"].Should().Be("urn:ietf:params:oauth:grant-type:jwt-bearer");
        var claims = Verified(fixture.Endpoint.Request.Form["assertion"]!, key).Claims;
        claims.GetProperty("iss").GetString().Should().Be("client");
        claims.GetProperty("sub").GetString().Should().Be("alice");
        claims.GetProperty("aud").GetString().Should().Be("https://login.example");
    }

    [Fact]
    public async Task RequestAsync_WithDPoP_BindsTheTokenAndProvesEachRequest()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { UseDPoP = true });
        _fixture.Endpoint.Answer = static request => request.Number == 1 ? WantsNonce() : TestTokenEndpoint.Json("""{"access_token":"bound","token_type":"DPoP","expires_in":3600}""");
        var proofs = new List<string>();
        _fixture.Answer = request =>
        {
            proofs.Add(request.Headers.GetValues("DPoP").Single());
            return new HttpResponseMessage();
        };

        (await _fixture.AuthorizationAsync()).Should().Be("DPoP bound");

        var (header, claims) = Verified(_fixture.Endpoint.Requests[1].Header("DPoP")!, key: null);
        claims.GetProperty("htm").GetString().Should().Be("POST");
        claims.GetProperty("htu").GetString().Should().Be("https://idp.example/token");
        claims.GetProperty("nonce").GetString().Should().Be("n0nce");
        header.GetProperty("typ").GetString().Should().Be("dpop+jwt");
        var resource = Verified(proofs.Should().ContainSingle().Subject, key: null);
        resource.Header.GetProperty("jwk").GetRawText().Should().Be(header.GetProperty("jwk").GetRawText());
        resource.Claims.GetProperty("htu").GetString().Should().Be("https://api.example/orders");
        resource.Claims.GetProperty("ath").GetString().Should().Be(Base64Url.EncodeToString(SHA256.HashData("bound"u8)));
    }

    // RFC 7523, section 3, item 7: a server may refuse an assertion that it has seen.
    [Theory]
    [InlineData(OAuth2Grant.ClientCredentials, "client_assertion")]
    [InlineData(OAuth2Grant.JwtBearer, "assertion")]
    public async Task RequestAsync_WithDPoPAndAnAssertion_MakesAnotherForTheNonce(OAuth2Grant grant, string field)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await SaveKeyAsync(key);
        var account = TokenFixture.ClientCredentials() with { Grant = grant, ClientSecret = null, KeyAccount = "signer", UseDPoP = true };
        await _fixture.Vault.SaveAsync(grant == OAuth2Grant.JwtBearer ? account : account with { ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt });
        _fixture.Endpoint.Answer = static request => request.Number == 1 ? WantsNonce() : TestTokenEndpoint.Json("""{"access_token":"bound","token_type":"DPoP","expires_in":3600}""");

        (await _fixture.AuthorizationAsync()).Should().Be("DPoP bound");

        _fixture.Endpoint.Requests.Select(request => Verified(request.Form[field]!, key).Claims.GetProperty("jti").GetString()).Should().HaveCount(2).And.OnlyHaveUniqueItems();
        _fixture.Endpoint.Requests[1].Form.AllKeys.Should().BeEquivalentTo(_fixture.Endpoint.Requests[0].Form.AllKeys);
    }

    [Fact]
    public async Task RequestAsync_WithDPoPAtAProviderThatDoesNotKnowIt_SendsNoToken()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { UseDPoP = true });

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("did not bind");
    }

    [Fact]
    public async Task SendAsync_WhenAResourceServerWantsItsNonce_RepeatsWithItAndKeepsIt()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { UseDPoP = true });
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Json("""{"access_token":"bound","token_type":"dpop","expires_in":3600}""");
        var nonces = new List<string?>();
        _fixture.Answer = request =>
        {
            nonces.Add(Verified(request.Headers.GetValues("DPoP").Single(), key: null).Claims.TryGetProperty("nonce", out var nonce) ? nonce.GetString() : null);
            if (nonces.Count > 1)
            {
                return new HttpResponseMessage();
            }

            var refusal = new HttpResponseMessage(System.Net.HttpStatusCode.Unauthorized);
            refusal.Headers.WwwAuthenticate.ParseAdd("DPoP error=\"use_dpop_nonce\"");
            refusal.Headers.Add("DPoP-Nonce", "rs-nonce");
            return refusal;
        };

        using var first = await _fixture.SendAsync();
        using var second = await _fixture.SendAsync();

        nonces.Should().Equal(null, "rs-nonce", "rs-nonce");
        _fixture.Endpoint.Requests.Should().ContainSingle();
    }

    private static OAuth2Account Public(OAuth2Grant grant) => new() { Name = "a", Provider = "example", Grant = grant, ClientId = "client", AllowedOrigins = ["https://api.example"] };

    private static PrivateKeyAccount Signer(AsymmetricAlgorithm key, AllowedOrigins origins) =>
        new() { Name = "signer", Key = new Secret(key.ExportPkcs8PrivateKeyPem()), AllowedOrigins = origins };

    private static HttpResponseMessage WantsNonce()
    {
        var response = TestTokenEndpoint.Error("use_dpop_nonce");
        response.Headers.Add("DPoP-Nonce", "n0nce");
        return response;
    }

    private async Task SaveKeyAsync(AsymmetricAlgorithm key, AllowedOrigins? origins = null) => await _fixture.Vault.SaveAsync(Signer(key, origins ?? ["https://idp.example"]));

    // By the platform's own primitives, and not by the library that signed.
    private static (JsonElement Header, JsonElement Claims) Verified(string jwt, AsymmetricAlgorithm? key)
    {
        var parts = jwt.Split('.');
        parts.Should().HaveCount(3);
        var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement;
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        key ??= ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(header.GetProperty("jwk").GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(header.GetProperty("jwk").GetProperty("y").GetString()) },
        });
        var isVerified = key switch
        {
            RSA rsa => rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ecdsa => ecdsa.VerifyData(signed, signature, ecdsa.KeySize == 256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384),
            _ => false,
        };
        isVerified.Should().BeTrue();
        return (header, JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement);
    }
}
