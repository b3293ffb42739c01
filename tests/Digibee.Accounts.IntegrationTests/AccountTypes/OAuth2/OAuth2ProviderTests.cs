using System.Net.Http.Headers;
using System.Text.Json;
using System.Web;

namespace Digibee.Accounts;

/// <summary>Every grant and client authentication against a certified server, with the right credential and a wrong one.</summary>
[Collection<OAuthServer>]
public sealed class OAuth2ProviderTests(OAuthServer server)
{
    [Theory]
    [InlineData("cc-basic", "basic secret:/+%", OAuth2ClientAuthentication.Basic, "nearly")]
    [InlineData("cc-post", "post-secret", OAuth2ClientAuthentication.Post, "nearly")]
    public async Task ClientCredentials_ByASecret_AreTakenIfItIsRight(string client, string secret, OAuth2ClientAuthentication authentication, string wrong)
    {
        await using var program = new OAuthClient(server.Provider);
        var account = Account(OAuth2Grant.ClientCredentials, client) with { ClientSecret = new Secret(secret), ClientAuthentication = authentication, Scopes = ["read"] };

        var token = await program.TokenAsync(account);

        var known = await server.IntrospectAsync(token);
        known.GetProperty("active").GetBoolean().Should().BeTrue();
        known.GetProperty("client_id").GetString().Should().Be(client);
        known.GetProperty("scope").GetString().Should().Be("read");
        (await Refused(program, account with { ClientSecret = new Secret(wrong) })).Should().Contain("invalid_client");
    }

    [Fact]
    public async Task ClientCredentials_ByAPrivateKeyJwt_AreTakenIfTheKeyIsRight()
    {
        await using var program = new OAuthClient(server.Provider);
        await program.Vault.SaveAsync(Key("signer", await File.ReadAllTextAsync(server["CLIENT_KEY"])));
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        await program.Vault.SaveAsync(Key("stranger", stranger.ExportPkcs8PrivateKeyPem()));
        var account = Account(OAuth2Grant.ClientCredentials, "cc-jwt") with { ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer", KeyId = "k1" };

        var token = await program.TokenAsync(account);

        (await server.IntrospectAsync(token)).GetProperty("active").GetBoolean().Should().BeTrue();
        (await Refused(program, account with { Name = "other", Audience = "x", KeyAccount = "stranger" })).Should().Contain("invalid_client");
    }

    [Fact]
    public async Task ClientCredentials_WithDPoP_AreBoundToAKey()
    {
        await using var program = new OAuthClient(server.Provider);
        var account = Account(OAuth2Grant.ClientCredentials, "cc-dpop") with { ClientSecret = new Secret("dpop-secret"), UseDPoP = true };

        var known = await server.IntrospectAsync(await program.TokenAsync(account));

        known.GetProperty("token_type").GetString().Should().Be("DPoP");
        known.GetProperty("cnf").GetProperty("jkt").GetString().Should().HaveLength(43);
        (await Refused(program, account with { UseDPoP = false })).Should().Contain("refused");
    }

    [Fact]
    public async Task ClientCredentials_AtDiscoveredEndpoints_AreTaken()
    {
        await using var program = new OAuthClient(new OAuth2Provider { Name = "testbed", Issuer = new Uri(server["ISSUER"]) });

        var token = await program.TokenAsync(Account(OAuth2Grant.ClientCredentials, "cc-post") with { ClientSecret = new Secret("post-secret"), ClientAuthentication = OAuth2ClientAuthentication.Post });

        (await server.IntrospectAsync(token)).GetProperty("active").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task AuthorizationCode_ThroughALogInAndThreeRenewals_ExchangesEachRefreshTokenOnce()
    {
        await using var program = new OAuthClient(server.Provider);
        await program.Vault.SaveAsync(Web());
        var authorization = await program.Connector.BeginAsync("a", new Uri(server["REDIRECT_URI"]));

        await program.Connector.CompleteAsync(await server.LogInAsync(authorization.AuthorizationUri), authorization.Ticket);

        var tokens = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add(await program.TokenAsync("a"));
            (await server.IntrospectAsync(tokens[^1])).GetProperty("active").GetBoolean().Should().BeTrue();
            program.Time.Advance(TimeSpan.FromMinutes(2));
        }

        tokens.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task AuthorizationCode_OfACallbackUsedTwice_IsRefusedByTheServer()
    {
        await using var program = new OAuthClient(server.Provider);
        await program.Vault.SaveAsync(Web());
        var authorization = await program.Connector.BeginAsync("a", new Uri(server["REDIRECT_URI"]));
        var callback = await server.LogInAsync(authorization.AuthorizationUri);
        await program.Connector.CompleteAsync(callback, authorization.Ticket);

        var again = async () => await program.Connector.CompleteAsync(callback, authorization.Ticket);

        (await again.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("invalid_grant");
    }

    [Fact]
    public async Task RefreshToken_UsedTwice_RevokesTheGrantAndAPersonHasToLogIn()
    {
        await using var program = new OAuthClient(server.Provider);
        await using var other = new OAuthClient(server.Provider);
        var account = Web() with { Grant = OAuth2Grant.RefreshToken, RefreshToken = new Secret(await RefreshTokenAsync()) };
        await program.TokenAsync(account);

        // The same one, from a program that does not know what the first has got for it.
        (await Refused(other, account)).Should().Contain("invalid_grant").And.Contain("log in");

        program.Time.Advance(TimeSpan.FromMinutes(2));
        (await program.Invoking(static program => program.TokenAsync("a")).Should().ThrowAsync<AccountAuthenticationException>("the reuse revoked the whole grant")).Which.Message.Should().Contain("invalid_grant");
    }

    [Fact]
    public async Task DeviceCode_WhenAliceAgrees_BringsTokens()
    {
        await using var program = new OAuthClient(server.Provider);
        await program.Vault.SaveAsync(Account(OAuth2Grant.DeviceCode, "device") with { Scopes = ["openid", "offline_access"] });
        var authorization = await program.Connector.BeginDeviceAsync("a");
        authorization.UserCode.Should().NotBeEmpty();

        await OAuthServer.AgreeAsync(new Uri(authorization.VerificationUriComplete!));
        var completing = program.Connector.CompleteDeviceAsync(authorization).AsTask();
        while (!completing.IsCompleted)
        {
            program.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(completing, Task.Delay(50));
        }

        await completing;
        (await server.IntrospectAsync(await program.TokenAsync("a"))).GetProperty("active").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task JwtBearer_OfAnAssertion_IsTakenIfTheKeyIsRight()
    {
        var file = JsonDocument.Parse(await File.ReadAllTextAsync(server["SERVICE_ACCOUNT"])).RootElement;
        await using var program = new OAuthClient(server.Provider with { AssertionAudience = file.GetProperty("token_uri").GetString() });
        await program.Vault.SaveAsync(Key("signer", file.GetProperty("private_key").GetString()!));
        await program.Vault.SaveAsync(Key("stranger", await File.ReadAllTextAsync(server["CLIENT_KEY"])));
        var account = Account(OAuth2Grant.JwtBearer, "jwt-bearer") with { KeyAccount = "signer", Issuer = file.GetProperty("client_email").GetString() };

        (await server.IntrospectAsync(await program.TokenAsync(account))).GetProperty("active").GetBoolean().Should().BeTrue();

        (await Refused(program, account with { Name = "other", KeyAccount = "stranger" })).Should().Contain("invalid_grant");
    }

    private static async Task<string> Refused(OAuthClient program, Account account) =>
        (await program.Invoking(program => program.TokenAsync(account)).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message;

    private static OAuth2Account Account(OAuth2Grant grant, string client) =>
        new() { Name = "a", Provider = "testbed", Grant = grant, ClientId = client, AllowedOrigins = ["https://api.example"] };

    private static OAuth2Account Web() => Account(OAuth2Grant.AuthorizationCode, "web") with { ClientSecret = new Secret("web-secret"), Scopes = ["openid", "offline_access"] };

    private PrivateKeyAccount Key(string name, string pem) => new() { Name = name, Key = new Secret(pem), AllowedOrigins = [server["ISSUER"]] };

    // By hand, with the example of RFC 7636, appendix B.
    private async Task<string> RefreshTokenAsync()
    {
        const string Challenge = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
        var redirectUri = server["REDIRECT_URI"];
        var callback = await server.LogInAsync(new Uri(
            $"{server["ISSUER"]}/auth?client_id=web&response_type=code&scope=openid%20offline_access&prompt=consent&redirect_uri={Uri.EscapeDataString(redirectUri)}&{Challenge}"));
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("web:web-secret"u8));
        using var response = await client.PostAsync(new Uri(server["ISSUER"] + "/token"), new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = HttpUtility.ParseQueryString(callback.Query)["code"]!,
            ["redirect_uri"] = redirectUri,
            ["code_verifier"] = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        }));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("refresh_token").GetString()!;
    }
}
