using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

public sealed class OAuth2AuthenticatorTests : IAsyncDisposable
{
    private readonly TokenFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task SendAsync_WithClientCredentials_AsksOnceAndSendsTheToken()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { Scopes = ["read", "write"], Audience = "https://api.example/", Resources = ["https://api.example/r"], Parameters = ["tenant=a b&c"] });

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");

        var form = _fixture.Endpoint.Request.Form;
        form.AllKeys.Should().BeEquivalentTo("grant_type", "scope", "audience", "resource", "tenant");
        form["grant_type"].Should().Be("client_credentials");
        form["scope"].Should().Be("read write");
        form["audience"].Should().Be("https://api.example/");
        form["resource"].Should().Be("https://api.example/r");
        form["tenant"].Should().Be("a b&c");
    }

    [Fact]
    public async Task SendAsync_ByTwoHundredWithAnExpiredToken_AsksOnce()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(2));
        var gate = new TaskCompletionSource();
        _fixture.Endpoint.Gate = gate.Task;

        var sends = Enumerable.Range(0, 200).Select(_ => _fixture.SendAsync()).ToArray();
        await VaultFixture.Eventually(() => _fixture.Endpoint.Requests.Count == 2);
        gate.SetResult();
        await Task.WhenAll(sends);

        _fixture.Endpoint.Requests.Should().HaveCount(2);
        _fixture.Authorizations.Skip(1).Should().HaveCount(200).And.AllBe("Bearer token-2");
    }

    [Fact]
    public async Task SendAsync_WhenTheServerCallsTheTokenInvalid_RenewsAndRepeatsOnce()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Answer = request => request.Headers.Authorization!.Parameter == "token-1" ? TokenFixture.InvalidToken() : new HttpResponseMessage(HttpStatusCode.OK);

        using var response = await _fixture.SendAsync();

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        _fixture.Authorizations.Should().Equal("Bearer token-1", "Bearer token-2");
    }

    [Fact]
    public async Task SendAsync_WhenTheServerTakesNoTokenAtAll_GivesItsAnswerAndAsksForNoMore()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Answer = static _ => TokenFixture.InvalidToken();

        for (var i = 0; i < 5; i++)
        {
            using var response = await _fixture.SendAsync();
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        _fixture.Endpoint.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer error=\"insufficient_scope\"")]
    [InlineData(HttpStatusCode.Unauthorized, "Bearer realm=\"error=\\\"invalid_token\\\"\"")]
    [InlineData(HttpStatusCode.Unauthorized, "Basic realm=\"x\"")]
    [InlineData(HttpStatusCode.Forbidden, "Bearer error=\"invalid_token\"")]
    public async Task SendAsync_OnAnyOtherRefusal_GivesTheServersAnswer(HttpStatusCode status, string challenge)
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Answer = _ =>
        {
            var refusal = new HttpResponseMessage(status);
            refusal.Headers.WwwAuthenticate.ParseAdd(challenge);
            return refusal;
        };

        using var response = await _fixture.SendAsync();

        response.StatusCode.Should().Be(status);
        _fixture.Authorizations.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_ThroughAClientThatBlocks_GetsItsToken()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());

        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        using var response = _fixture.Get<IHttpClientFactory>().CreateClient("api").Send(request);

        _fixture.Authorizations.Should().Equal("Bearer token-1");
    }

    [Fact]
    public async Task SendAsync_WhenTheTokenCannotBeHad_SendsNothing()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Error("invalid_client", HttpStatusCode.Unauthorized);

        var sending = () => _fixture.SendAsync();

        var error = (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which;
        error.Message.Should().Contain("'a'").And.Contain("invalid_client").And.NotContain("c4n4ry").And.NotContain("s3cr3t");
        error.InnerException.Should().BeNull();
        _fixture.Authorizations.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithATokenPlacedInTheQuery_SendsItThereAndRenewsItThere()
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { TokenPlacement = OAuth2TokenPlacement.Query }));
        await fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        var queries = new List<string>();
        fixture.Answer = request =>
        {
            queries.Add(request.RequestUri!.Query);
            return queries.Count == 1 ? TokenFixture.InvalidToken() : new HttpResponseMessage(HttpStatusCode.OK);
        };

        using var response = await fixture.SendAsync();

        queries.Should().Equal("?id=1&access_token=token-1", "?id=1&access_token=token-2");
        fixture.Authorizations.Should().AllBeEquivalentTo((string?)null);
    }

    [Fact]
    public async Task SaveAsync_OfANewDescriptionOriginOrProject_KeepsTheTokens()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();

        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { Description = "new", AllowedOrigins = ["https://api.example", "https://other.example"] });

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
    }

    [Fact]
    public async Task SaveAsync_OfANewClientOrSecretOrScope_AsksAnew()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();

        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials("other"));
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials("other") with { ClientId = "client-2" });
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-3");
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials("other") with { ClientId = "client-2", Scopes = ["read"] });
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-4");
    }

    [Fact]
    public async Task SaveAsync_OfAnotherKeyOrCertificateOfAMachine_AsksAnew()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        foreach (var name in new[] { "one", "two" })
        {
            await _fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = name, Key = new Secret(key.ExportPkcs8PrivateKeyPem()), AllowedOrigins = ["https://idp.example"] });
        }

        var account = TokenFixture.ClientCredentials() with { ClientSecret = null, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "one" };
        await _fixture.Vault.SaveAsync(account);
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");

        await _fixture.Vault.SaveAsync(account with { KeyAccount = "two" });
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");
        await _fixture.Vault.SaveAsync(account with { KeyAccount = "two", KeyId = "k2" });
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-3");
    }

    [Theory]
    [InlineData(OAuth2Grant.ClientCredentials, false)]
    [InlineData(OAuth2Grant.Password, false)]
    [InlineData(OAuth2Grant.JwtBearer, false)]
    [InlineData(OAuth2Grant.TokenExchange, false)]
    [InlineData(OAuth2Grant.AuthorizationCode, true)]
    [InlineData(OAuth2Grant.DeviceCode, true)]
    [InlineData(OAuth2Grant.RefreshToken, true)]
    public void KeyOf_AnotherWayToProveTheClient_KeepsTheTokensOfAPersonsConsentOnly(OAuth2Grant grant, bool keeps)
    {
        var account = TokenFixture.ClientCredentials() with { Grant = grant, RefreshToken = new Secret("r"), UserName = "u", Password = new Secret("p"), SubjectToken = new Secret("s"), KeyAccount = "k", KeyId = "1", CertificateAccount = "c" };

        foreach (var other in new[] { account with { ClientSecret = new Secret("new") }, account with { KeyAccount = "new" }, account with { KeyId = "new" }, account with { CertificateAccount = "new" } })
        {
            (KeyOf(other) == KeyOf(account)).Should().Be(keeps);
        }

        static TokenKey KeyOf(OAuth2Account account) => OAuth2Identity.KeyOf(new OpenedAccount(new AccountAddress("default", "test", "a"), 1, account), account, TokenFixture.Provider);
    }

    [Fact]
    public async Task SendAsync_AfterARestart_SendsTheStoredToken()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();
        await using var restarted = new TokenFixture(store: _fixture.Store, keyText: _fixture.KeyText);

        (await restarted.AuthorizationAsync()).Should().Be("Bearer token-1");

        restarted.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_WithAScopesAccount_SharesNoTokensWithTheStoredOne()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.AuthorizationAsync();

        using (var scope = _fixture.Vault.BeginScope())
        {
            scope.Set(TokenFixture.ClientCredentials());
            (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");
        }

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
    }

    // What a scope has exchanged is nowhere else: neither another revision, nor the end of the one before, nor a full cache may lose it.
    [Fact]
    public async Task SendAsync_WithAScopesRefreshToken_ExchangesEachOnceThroughAnotherRevisionAndAFullCache()
    {
        await using var fixture = new TokenFixture(static builder => builder.Configure(static options => options.CacheCapacity = 1));
        fixture.Endpoint.Answer = static request => TestTokenEndpoint.Tokens($"token-{request.Number}", $$""", "expires_in": 3600, "refresh_token": "r{{request.Number}}" """);
        var account = new OAuth2Account { Name = "a", Provider = "example", Grant = OAuth2Grant.RefreshToken, ClientId = "c", RefreshToken = new Secret("r0"), AllowedOrigins = ["https://api.example"] };
        using var scope = fixture.Vault.BeginScope();
        scope.Set(account);
        await fixture.AuthorizationAsync();

        scope.Set(account with { Description = "another revision" });
        fixture.Time.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 4; i++)
        {
            fixture.Get<TokenEngine>().SlotOf(new TokenKey(null, new AccountAddress("default", "test", $"other-{i}"), "f", new Secret("p")));
        }

        fixture.Time.Advance(TimeSpan.FromHours(1));
        await fixture.AuthorizationAsync();

        fixture.Endpoint.Requests.Select(static request => request.Form["refresh_token"]).Should().Equal("r0", "r1");
    }

    [Fact]
    public async Task SendAsync_FromFourFlowsWhileTheSecretIsChangedTwentyTimes_NeverFails()
    {
        await using var fixture = new TokenFixture();
        await fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());

        await RotationLoad.RunAsync(fixture.Vault, static save => TokenFixture.ClientCredentials($"secret-{save}"), async () => (await fixture.SendAsync()).EnsureSuccessStatusCode().Dispose());

        fixture.Authorizations.Should().OnlyContain(static authorization => authorization != null && authorization.StartsWith("Bearer ", StringComparison.Ordinal));
    }

    [Fact]
    public void SlotOf_AScopeThatHasEnded_IsKeptByNobody()
    {
        var key = new TokenKey(null, new AccountAddress("default", "test", "a"), "f", new Secret("p"));
        using (var scope = _fixture.Vault.BeginScope())
        {
            key = key with { Scope = scope };
            _fixture.Get<TokenEngine>().SlotOf(key).Should().BeSameAs(_fixture.Get<TokenEngine>().SlotOf(key));
        }

        _fixture.Get<TokenEngine>().SlotOf(key).Should().NotBeSameAs(_fixture.Get<TokenEngine>().SlotOf(key));
        _fixture.Get<TokenSlots>().Count.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithoutARegisteredProvider_SaysHowToAddOne()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { Provider = "nobody" });

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountValidationException>()).Which.Message.Should().Contain("AddOAuth2Provider");
    }

    [Fact]
    public async Task SendAsync_OfAnAccountNobodyLoggedIntoYet_SaysSoWithoutACall()
    {
        await _fixture.Vault.SaveAsync(new OAuth2Account { Name = "a", Provider = "example", ClientId = "client", AllowedOrigins = ["https://api.example"] });

        (await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("log in");

        _fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Request_ByBasic_FormUrlencodesIdAndSecretFirst()
    {
        // RFC 6749, section 2.3.1 and appendix B.
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials(" %&+£€") with { ClientId = "id:/" });

        await _fixture.AuthorizationAsync();

        _fixture.Endpoint.Request.Header("Authorization").Should().Be("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("id%3A%2F:+%25%26%2B%C2%A3%E2%82%AC")));
        _fixture.Endpoint.Request.Form["client_id"].Should().BeNull();
    }

    [Fact]
    public async Task Request_ByPost_PutsIdAndSecretIntoTheForm()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials("s&=+ é") with { ClientAuthentication = OAuth2ClientAuthentication.Post });

        await _fixture.AuthorizationAsync();

        _fixture.Endpoint.Request.Form["client_id"].Should().Be("client");
        _fixture.Endpoint.Request.Form["client_secret"].Should().Be("s&=+ é");
        _fixture.Endpoint.Request.Header("Authorization").Should().BeNull();
    }
}
