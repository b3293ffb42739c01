using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

public sealed class OAuth2ConnectorTests : IAsyncDisposable
{
    private const string DeviceCode = """{"device_code":"d","user_code":"U","verification_uri":"https://idp.example/device","expires_in":1800}""";

    private static readonly Uri Redirect = new("https://app.example/connected");

    private readonly TokenFixture _fixture = new();

    public OAuth2ConnectorTests() => _fixture.Endpoint.Answer = static request => TestTokenEndpoint.Tokens($"token-{request.Number}", $$""", "expires_in": 3600, "refresh_token": "r{{request.Number}}" """);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IOAuth2Connector Connector => _fixture.Get<IOAuth2Connector>();

    [Fact]
    public async Task BeginAsync_OfAnAccount_SendsTheBrowserWithStateAndProofKey()
    {
        await SaveAsync();

        var authorization = await Connector.BeginAsync("a", Redirect);

        authorization.AuthorizationUri.GetLeftPart(UriPartial.Path).Should().Be("https://idp.example/authorize");
        var query = HttpUtility.ParseQueryString(authorization.AuthorizationUri.Query);
        query["response_type"].Should().Be("code");
        query["client_id"].Should().Be("client");
        query["redirect_uri"].Should().Be(Redirect.OriginalString);
        query["scope"].Should().Be("read write");
        query["code_challenge_method"].Should().Be("S256");
        query["state"].Should().HaveLength(43);
        query["code_challenge"].Should().HaveLength(43);
    }

    [Fact]
    public async Task BeginAsync_OfAnAccountOfAnotherProject_IsRefused()
    {
        await using var fixture = new TokenFixture(static builder => builder.Configure(static options => options.Project = "billing"));
        await fixture.Vault.SaveAsync(new OAuth2Account { Name = "a", Provider = "example", ClientId = "c", Projects = ["crm"] });
        await fixture.Vault.SaveAsync(new OAuth2Account { Name = "b", Provider = "example", ClientId = "c", Projects = ["billing"] });
        var connector = fixture.Get<IOAuth2Connector>();

        var beginning = async () => await connector.BeginAsync("a", Redirect);

        (await beginning.Should().ThrowAsync<AccountNotFoundException>()).Which.Message.Should().Contain("billing");
        (await connector.BeginAsync("b", Redirect)).Ticket.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Connector_WhenSomethingUnexpectedFails_SaysSoWithoutItsMessage()
    {
        await SaveAsync();
        _fixture.Endpoint.Answer = static _ => throw new InvalidOperationException("c4n4ry");
        var authorization = await Connector.BeginAsync("a", Redirect);

        var completing = async () => await Connector.CompleteAsync(Callback(authorization), authorization.Ticket);

        var error = (await completing.Should().ThrowAsync<AccountUnavailableException>()).Which;
        error.Message.Should().Contain("'a'").And.Contain(nameof(InvalidOperationException));
        error.ToString().Should().NotContain("c4n4ry");
        error.IsTransient.Should().BeFalse();
    }

    [Fact]
    public async Task CompleteAsync_OfTheCallback_KeepsTheTokensAndLeavesTheAccountsRevision()
    {
        var saved = await SaveAsync();
        var authorization = await Connector.BeginAsync("a", Redirect);

        await Connector.CompleteAsync(Callback(authorization), authorization.Ticket);

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
        var form = _fixture.Endpoint.Request.Form;
        form["grant_type"].Should().Be("authorization_code");
        form["code"].Should().Be("the code/+");
        form["redirect_uri"].Should().Be(Redirect.OriginalString);
        var challenge = HttpUtility.ParseQueryString(authorization.AuthorizationUri.Query)["code_challenge"];
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))).Should().Be(challenge, "RFC 7636, section 4.6");
        (await _fixture.Vault.OpenAsync("a")).Revision.Should().Be(saved.Revision);
    }

    [Fact]
    public async Task SendAsync_AfterTheAccessTokenExpired_ExchangesTheRefreshTokenAndANewSecretKeepsIt()
    {
        await SaveAsync();
        await ConnectAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");

        await SaveAsync("another-secret");
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-2");
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-3");

        _fixture.Endpoint.Requests.Skip(1).Select(static request => request.Form["refresh_token"]).Should().Equal("r1", "r2");
        _fixture.Endpoint.Requests[2].Header("Authorization").Should().Be("Basic " + Convert.ToBase64String("client:another-secret"u8));
    }

    [Fact]
    public async Task CompleteAsync_AfterTheGrantWasRevoked_BringsTheAccountBackAtOnce()
    {
        await SaveAsync();
        await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>();

        await ConnectAsync();

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
    }

    [Fact]
    public async Task CompleteAsync_OnAnotherNodeByAnotherPerson_IsSentHereTooWhileTheFirstTokenIsGood()
    {
        await SaveAsync();
        await ConnectAsync();
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
        await using var other = new TokenFixture(store: _fixture.Store, keyText: _fixture.KeyText);
        other.Endpoint.Answer = static _ => TestTokenEndpoint.Tokens("theirs", """, "expires_in": 3600, "refresh_token": "r" """);
        var authorization = await Connector.BeginAsync("a", Redirect);

        await other.Get<IOAuth2Connector>().CompleteAsync(Callback(authorization), authorization.Ticket);

        await VaultFixture.Eventually(() => _fixture.AuthorizationAsync().GetAwaiter().GetResult() == "Bearer theirs");
        _fixture.Endpoint.Requests.Should().ContainSingle("what another node exchanged is read");
    }

    [Fact]
    public async Task DeleteAsync_OnAnotherNodeOfAnAccountThatIsMadeAnew_EndsItsTokensHere()
    {
        await SaveAsync();
        await ConnectAsync();
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
        await using var other = new TokenFixture(store: _fixture.Store, keyText: _fixture.KeyText);

        await other.Vault.DeleteAsync("a", new AccountDeleteOptions { EvenIfInUse = true });
        await other.Vault.SaveAsync(Account("secret"));

        await VaultFixture.Eventually(() => WantsALogIn().GetAwaiter().GetResult());

        async Task<bool> WantsALogIn()
        {
            try
            {
                await _fixture.AuthorizationAsync();
                return false;
            }
            catch (AccountAuthenticationException)
            {
                return true;
            }
            catch (AccountNotFoundException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task CompleteAsync_OnAnotherNode_BringsTheAccountBackHere()
    {
        await SaveAsync();
        await _fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountAuthenticationException>();
        await using var other = new TokenFixture(store: _fixture.Store, keyText: _fixture.KeyText);
        var authorization = await Connector.BeginAsync("a", Redirect);
        other.Endpoint.Answer = _fixture.Endpoint.Answer;

        await other.Get<IOAuth2Connector>().CompleteAsync(Callback(authorization), authorization.Ticket);

        await VaultFixture.Eventually(() => Sends().GetAwaiter().GetResult());

        async Task<bool> Sends()
        {
            try
            {
                return await _fixture.AuthorizationAsync() == "Bearer token-1";
            }
            catch (AccountAuthenticationException)
            {
                return false; // The feed has not told of it yet.
            }
        }
    }

    [Theory]
    [InlineData("state", "another")]
    [InlineData("iss", "https://evil.example")]
    [InlineData("error", "access_denied")]
    [InlineData("error", "c4n4ry")]
    [InlineData("code", "")]
    public async Task CompleteAsync_OfACallbackThatIsNotRight_ExchangesNothing(string parameter, string value)
    {
        await SaveAsync();
        var authorization = await Connector.BeginAsync("a", Redirect);

        var completing = async () => await Connector.CompleteAsync(Callback(authorization, (parameter, value)), authorization.Ticket);

        (await completing.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("'a'").And.NotContain("c4n4ry");
        _fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task CompleteAsync_WithTheIssuerOfTheRegistration_IsAccepted()
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { Issuer = new Uri("https://idp.example") }));
        await fixture.Vault.SaveAsync(Account("secret"));
        var connector = fixture.Get<IOAuth2Connector>();
        var authorization = await connector.BeginAsync("a", Redirect);

        await connector.CompleteAsync(Callback(authorization, ("iss", "https://idp.example")), authorization.Ticket);

        (await fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
    }

    // What their callbacks name, as seen on the wire; GitHub has no metadata document, and Google's agrees.
    [Theory]
    [InlineData("google", "https://accounts.google.com")]
    [InlineData("github", "https://github.com/login/oauth")]
    public async Task CompleteAsync_OfABuiltInProviderThatNamesItself_IsAccepted(string provider, string issuer)
    {
        await _fixture.Vault.SaveAsync(Account("secret") with { Provider = provider });
        var authorization = await Connector.BeginAsync("a", Redirect);

        await Connector.CompleteAsync(Callback(authorization, ("iss", issuer)), authorization.Ticket);

        (await _fixture.AuthorizationAsync()).Should().Be("Bearer token-1");
    }

    // RFC 9207, section 2.4.
    [Theory]
    [InlineData("true", null, false)]
    [InlineData("true", "https://idp.example", true)]
    [InlineData("false", null, true)]
    [InlineData("\"yes\"", null, true)]
    public async Task CompleteAsync_OfAProviderThatNamesItself_WantsItNamed(string supported, string? issuer, bool isAccepted)
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(new OAuth2Provider { Name = "example", Issuer = new Uri("https://idp.example") }));
        fixture.Endpoint.Answer = request => request.Method == HttpMethod.Post ? TestTokenEndpoint.Tokens("token") : TestTokenEndpoint.Json(
            $$"""{"issuer":"https://idp.example","token_endpoint":"https://idp.example/token","authorization_endpoint":"https://idp.example/authorize","jwks_uri":"https://idp.example/jwks","authorization_response_iss_parameter_supported":{{supported}}}""");
        await fixture.Vault.SaveAsync(Account("secret"));
        var connector = fixture.Get<IOAuth2Connector>();
        var authorization = await connector.BeginAsync("a", Redirect);

        var completing = async () => await connector.CompleteAsync(issuer is null ? Callback(authorization) : Callback(authorization, ("iss", issuer)), authorization.Ticket);

        if (isAccepted)
        {
            await completing.Should().NotThrowAsync();
            return;
        }

        (await completing.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("RFC 9207");
        fixture.Endpoint.Requests.Should().OnlyContain(static request => request.Method == HttpMethod.Get);
    }

    [Fact]
    public async Task CompleteAsync_OfAnAccountWithMoreParameters_SendsThemWithTheCode()
    {
        await _fixture.Vault.SaveAsync(Account("secret") with { Parameters = ["tenant=one"], Resources = ["https://api.example/r"] });
        var authorization = await Connector.BeginAsync("a", Redirect);

        await Connector.CompleteAsync(Callback(authorization), authorization.Ticket);

        _fixture.Endpoint.Request.Form["tenant"].Should().Be("one");
        _fixture.Endpoint.Request.Form["resource"].Should().Be("https://api.example/r");
    }

    [Fact]
    public async Task CompleteAsync_TenMinutesLater_IsRefused()
    {
        await SaveAsync();
        var authorization = await Connector.BeginAsync("a", Redirect);

        _fixture.Time.Advance(TimeSpan.FromMinutes(10));

        await Connector.Invoking(async connector => await connector.CompleteAsync(Callback(authorization), authorization.Ticket)).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a~1~")]
    [InlineData("a~1~!!!!")]
    [InlineData("a~99999999999999999999~AAAA")]
    [InlineData("../b~1~AAAA")]
    public async Task CompleteAsync_WithATicketThatIsNone_IsRefused(string ticket) =>
        await Connector.Invoking(async connector => await connector.CompleteAsync(Redirect, ticket)).Should().ThrowAsync<AccountAuthenticationException>();

    [Fact]
    public async Task CompleteAsync_WithATicketThatWasChanged_IsRefused()
    {
        await SaveAsync();
        var authorization = await Connector.BeginAsync("a", Redirect);
        var renamed = "b" + authorization.Ticket[1..];

        await Connector.Invoking(async connector => await connector.CompleteAsync(Callback(authorization), renamed)).Should().ThrowAsync<AccountAuthenticationException>();
        await Connector.For("default", "prod").Invoking(async connector => await connector.CompleteAsync(Callback(authorization), authorization.Ticket)).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task BeginAsync_OfMicrosoft_AsksForOfflineAccess()
    {
        await _fixture.Vault.SaveAsync(Account("s") with { Provider = "Microsoft" });

        var authorization = await Connector.BeginAsync("a", Redirect);

        HttpUtility.ParseQueryString(authorization.AuthorizationUri.Query)["scope"].Should().Be("read write offline_access");
    }

    [Fact]
    public async Task BeginAsync_OfAnotherGrantOrType_SaysWhatToChange()
    {
        await _fixture.Vault.SaveAsync(TokenFixture.ClientCredentials());
        await _fixture.Vault.SaveAsync(VaultFixture.Bearer("b"));

        (await Connector.Invoking(static async connector => await connector.BeginAsync("a", Redirect)).Should().ThrowAsync<AccountValidationException>()).Which.Problems[0].Field.Should().Be("Grant");
        await Connector.Invoking(static async connector => await connector.BeginAsync("b", Redirect)).Should().ThrowAsync<AccountTypeMismatchException>();
    }

    [Fact]
    public async Task CompleteDeviceAsync_WhenThePersonAgrees_KeepsTheTokens()
    {
        await _fixture.Vault.SaveAsync(Account("s") with { Grant = OAuth2Grant.DeviceCode });
        _fixture.Endpoint.Answer = static request => request.Number switch
        {
            1 => TestTokenEndpoint.Json("""{"device_code":"d3vice","user_code":"WDJB-MJHT","verification_uri":"https://idp.example/device","expires_in":1800,"interval":5}"""),
            2 => TestTokenEndpoint.Error("authorization_pending"),
            3 => TestTokenEndpoint.Error("slow_down"),
            _ => TestTokenEndpoint.Tokens("device-token", """, "expires_in": 3600, "refresh_token": "r" """),
        };
        var authorization = await Connector.BeginDeviceAsync("a");
        authorization.UserCode.Should().Be("WDJB-MJHT");
        authorization.VerificationUri.Should().Be("https://idp.example/device");
        var began = _fixture.Time.GetUtcNow();

        var completing = Connector.CompleteDeviceAsync(authorization).AsTask();
        for (var i = 0; i < 2_000 && !completing.IsCompleted; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1); // Lets the flow run between two moves of its clock.
        }

        await completing;
        (await _fixture.AuthorizationAsync()).Should().Be("Bearer device-token");
        (_fixture.Time.GetUtcNow() - began).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(20), "five, five, and ten after it was told to slow down");
        _fixture.Endpoint.Requests[1].Form["device_code"].Should().Be("d3vice");
        _fixture.Endpoint.Requests[1].Form["grant_type"].Should().Be("urn:ietf:params:oauth:grant-type:device_code");
    }

    [Theory]
    [InlineData("access_denied")]
    [InlineData("expired_token")]
    public async Task CompleteDeviceAsync_WhenThePersonDoesNot_SaysSo(string error)
    {
        await _fixture.Vault.SaveAsync(Account("s") with { Grant = OAuth2Grant.DeviceCode });
        _fixture.Endpoint.Answer = request => request.Number == 1
            ? TestTokenEndpoint.Json(DeviceCode)
            : TestTokenEndpoint.Error(error);
        var authorization = await Connector.BeginDeviceAsync("a");

        var completing = Connector.CompleteDeviceAsync(authorization).AsTask();
        for (var i = 0; i < 2_000 && !completing.IsCompleted; i++)
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1); // Lets the flow run between two moves of its clock.
        }

        await completing.Invoking(static task => task).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task CompleteDeviceAsync_InAnotherRealm_SendsNothing()
    {
        var account = Account("s") with { Grant = OAuth2Grant.DeviceCode };
        await _fixture.Vault.SaveAsync(account);
        await _fixture.Vault.For("other", "test").SaveAsync(account);
        _fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Json(DeviceCode);
        var authorization = await Connector.BeginDeviceAsync("a");

        var completing = Connector.For("other", "test").CompleteDeviceAsync(authorization).AsTask();

        completing.IsCompleted.Should().BeTrue("nothing is waited for");
        (await completing.Invoking(static task => task).Should().ThrowAsync<AccountAuthenticationException>()).Which.AccountName.Should().Be("a");
        _fixture.Endpoint.Requests.Should().ContainSingle("that is the one which began it");
    }

    [Fact]
    public async Task CompleteAsync_AfterTheAccountWentToAnotherProvider_SendsItNothing()
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { Name = "other", TokenEndpoint = new Uri("https://other.example/token") }));
        await fixture.Vault.SaveAsync(Account("secret"));
        var connector = fixture.Get<IOAuth2Connector>();
        var authorization = await connector.BeginAsync("a", Redirect);

        await fixture.Vault.SaveAsync(Account("secret") with { Provider = "other" });

        await connector.Invoking(async connector => await connector.CompleteAsync(Callback(authorization), authorization.Ticket)).Should().ThrowAsync<AccountAuthenticationException>();
        fixture.Endpoint.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task CompleteDeviceAsync_AfterTheAccountWentToAnotherProvider_SendsItNothing()
    {
        await using var fixture = new TokenFixture(static builder => builder.AddOAuth2Provider(TokenFixture.Provider with { Name = "other", TokenEndpoint = new Uri("https://other.example/token") }));
        var account = Account("secret") with { Grant = OAuth2Grant.DeviceCode };
        await fixture.Vault.SaveAsync(account);
        fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Json(DeviceCode);
        var connector = fixture.Get<IOAuth2Connector>();
        var authorization = await connector.BeginDeviceAsync("a");

        await fixture.Vault.SaveAsync(account with { Provider = "other" });
        var completing = connector.CompleteDeviceAsync(authorization).AsTask();
        for (var i = 0; i < 100 && !completing.IsCompleted; i++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1); // Lets the flow run between two moves of its clock.
        }

        await completing.Invoking(static task => task).Should().ThrowAsync<AccountAuthenticationException>();
        fixture.Endpoint.Requests.Should().OnlyContain(static request => request.Uri.Host == "idp.example");
    }

    [Fact]
    public async Task CompleteAsync_OfAnAccountDeletedDuringTheExchange_KeepsNoTokens()
    {
        await SaveAsync();
        var authorization = await Connector.BeginAsync("a", Redirect);
        var gate = new TaskCompletionSource();
        _fixture.Endpoint.Gate = gate.Task;

        var completing = Connector.CompleteAsync(Callback(authorization), authorization.Ticket).AsTask();
        await VaultFixture.Eventually(() => _fixture.Endpoint.Requests.Count == 1);
        await _fixture.Vault.DeleteAsync("a");
        gate.SetResult();

        await completing.Invoking(static task => task).Should().ThrowAsync<AccountNotFoundException>();
        (await _fixture.Store.ListAsync(new RecordQuery { Kind = "token", IncludeDeleted = true })).Records.Should().BeEmpty();
    }

    private static OAuth2Account Account(string secret) => new()
    {
        Name = "a",
        Provider = "example",
        ClientId = "client",
        ClientSecret = new Secret(secret),
        Scopes = ["read", "write"],
        AllowedOrigins = ["https://api.example"],
    };

    private static Uri Callback(OAuth2Authorization authorization, params (string Name, string Value)[] changes)
    {
        var query = HttpUtility.ParseQueryString("");
        query["code"] = "the code/+";
        query["state"] = HttpUtility.ParseQueryString(authorization.AuthorizationUri.Query)["state"];
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return new Uri($"{Redirect}?{query}");
    }

    private async Task<AccountSummary> SaveAsync(string secret = "secret") => await _fixture.Vault.SaveAsync(Account(secret));

    private async Task ConnectAsync()
    {
        var authorization = await Connector.BeginAsync("a", Redirect);
        await Connector.CompleteAsync(Callback(authorization), authorization.Ticket);
    }
}
