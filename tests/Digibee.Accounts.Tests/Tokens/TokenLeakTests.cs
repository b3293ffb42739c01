using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>The canary as client secret, token, refresh token, code and whatever an endpoint sends back: it reaches whom it is for, and comes out nowhere else.</summary>
public sealed class TokenLeakTests : IDisposable
{
    private readonly LeakCanary _canary = new();
    private readonly LeakCanaryLoggerProvider _logs = new();
    private readonly LeakCanaryTelemetry _telemetry = new();

    public void Dispose()
    {
        _telemetry.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public async Task SendAsync_WithTokensThatAreTheCanary_ShowsThemToTheServersOnly()
    {
        await using var fixture = Fixture();
        var sent = 0;
        fixture.Endpoint.Answer = _ => TestTokenEndpoint.Tokens(_canary.Value, $$""", "expires_in": 3600, "refresh_token": "{{_canary.Value}}", "id_token": "{{_canary.Value}}" """);
        foreach (var account in _canary.Accounts.OfType<OAuth2Account>())
        {
            await fixture.Vault.SaveAsync(account with { Name = "a", AllowedOrigins = ["https://api.example"] });

            using var response = await fixture.SendAsync();

            _canary.Find(fixture.Authorizations[^1]).Should().NotBeNull();
            _canary.ThrowIfFound("the response", $"{response} {response.RequestMessage}");
            sent++;
        }

        fixture.Endpoint.Requests.Should().HaveCount(sent);
        _logs.Text.Should().NotBeEmpty();
        await CheckAsync(fixture);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task SendAsync_WhenTheEndpointSendsBackWhatItGot_RepeatsNothingOfIt(HttpStatusCode status)
    {
        await using var fixture = Fixture();
        fixture.Endpoint.Answer = _ =>
        {
            var answer = TestTokenEndpoint.Json($$"""{"error":"{{_canary.Value}}","error_description":"{{_canary.Value}}","token_type":"{{_canary.Value}}"}""", status);
            answer.Headers.Location = new Uri($"https://evil.example/?{_canary.Value}");
            return answer;
        };
        await fixture.Vault.SaveAsync(TokenFixture.ClientCredentials(_canary.Value));

        var error = (await fixture.Invoking(static fixture => fixture.SendAsync()).Should().ThrowAsync<AccountException>()).Which;

        _canary.ThrowIfFound("the exception", error);
        await CheckAsync(fixture);
    }

    [Fact]
    public async Task Connector_WithACodeThatIsTheCanary_ShowsItToTheEndpointOnly()
    {
        await using var fixture = Fixture();
        var connector = fixture.Get<IOAuth2Connector>();
        await fixture.Vault.SaveAsync(new OAuth2Account { Name = "a", Provider = "example", ClientId = "c", ClientSecret = _canary.Secret, UseDPoP = true, AllowedOrigins = ["https://api.example"] });
        fixture.Endpoint.Answer = static _ => TestTokenEndpoint.Error("invalid_grant");
        var authorization = await connector.BeginAsync("a", new Uri("https://app.example/"));
        _canary.ThrowIfFound("the ticket", authorization.Ticket);
        var state = System.Web.HttpUtility.ParseQueryString(authorization.AuthorizationUri.Query)["state"];
        var callback = new Uri($"https://app.example/?state={state}&code={Uri.EscapeDataString(_canary.Value)}");

        var completing = async () => await connector.CompleteAsync(callback, authorization.Ticket);

        _canary.ThrowIfFound("the exception", (await completing.Should().ThrowAsync<AccountAuthenticationException>()).Which);
        fixture.Endpoint.Request.Form["code"].Should().Be(_canary.Value);
        await CheckAsync(fixture);
    }

    [Fact]
    public async Task Connector_WithADeviceCodeThatIsTheCanary_ShowsItToTheEndpointOnly()
    {
        await using var fixture = Fixture();
        var connector = fixture.Get<IOAuth2Connector>();
        await fixture.Vault.SaveAsync(new OAuth2Account { Name = "a", Provider = "example", Grant = OAuth2Grant.DeviceCode, ClientId = "c", AllowedOrigins = ["https://api.example"] });
        fixture.Endpoint.Answer = request => request.Number == 1
            ? TestTokenEndpoint.Json($$"""{"device_code":"{{_canary.Value}}","user_code":"U","verification_uri":"https://idp.example/device","expires_in":600,"interval":1}""")
            : TestTokenEndpoint.Json($$"""{"error":"access_denied","error_description":"{{_canary.Value}}"}""", HttpStatusCode.BadRequest);
        var authorization = await connector.BeginDeviceAsync("a");
        _canary.ThrowIfFound("the authorization", System.Text.Json.JsonSerializer.Serialize(authorization));

        var completing = connector.CompleteDeviceAsync(authorization).AsTask();
        while (!completing.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(completing, Task.Delay(5)); // Lets the flow wait between two moves of its clock.
        }

        _canary.ThrowIfFound("the exception", (await FluentActions.Awaiting(() => completing).Should().ThrowAsync<AccountAuthenticationException>()).Which);
        fixture.Endpoint.Requests[1].Form["device_code"].Should().Be(_canary.Value);
        await CheckAsync(fixture);
    }

    // What is made here cannot be a canary: it is caught where it arrives, and looked for everywhere else.
    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task SendAsync_WithAssertionsAndProofs_ShowsThemToTheEndpointOnly(HttpStatusCode status)
    {
        await using var fixture = Fixture();
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await fixture.Vault.SaveAsync(new PrivateKeyAccount { Name = "signer", Key = new Secret(key.ExportPkcs8PrivateKeyPem()), AllowedOrigins = ["https://idp.example"] });
        await fixture.Vault.SaveAsync(TokenFixture.ClientCredentials() with { Grant = OAuth2Grant.JwtBearer, ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt, KeyAccount = "signer", UseDPoP = true });
        fixture.Endpoint.Answer = _ => status == HttpStatusCode.OK
            ? TestTokenEndpoint.Json("""{"access_token":"bound","token_type":"DPoP","expires_in":3600}""")
            : TestTokenEndpoint.Error("invalid_grant", status);

        var error = await Record.ExceptionAsync(fixture.AuthorizationAsync);

        (error is AccountAuthenticationException).Should().Be(status != HttpStatusCode.OK);
        var request = fixture.Endpoint.Request;
        var secrets = new List<string> { request.Form["assertion"]!, request.Form["client_assertion"]!, request.Header("DPoP")! };
        if (status == HttpStatusCode.OK)
        {
            var row = await fixture.Get<TokenRows>().ReadAsync(fixture.Get<OAuth2Grants>().StateOf(await fixture.Vault.OpenAsync("a")).Slot.Key, CancellationToken.None);
            secrets.Add(row!.Tokens!.ProofKey!.Reveal());
        }

        var shown = new StringBuilder($"{error} {_logs.Text} {_telemetry.Text}");
        foreach (var kind in new[] { "token", "lease", "account", "reference" })
        {
            foreach (var row in (await fixture.Store.ListAsync(new RecordQuery { Kind = kind, IncludePayload = true })).Records)
            {
                shown.Append($"{row} {Encoding.Latin1.GetString(row.Metadata.Span)} {Encoding.Latin1.GetString(row.Payload.Span)}");
            }
        }

        foreach (var secret in secrets)
        {
            secret.Length.Should().BeGreaterThan(100);
            shown.ToString().Should().NotContain(secret).And.NotContain(secret[^40..], "a part would do");
        }
    }

    [Fact]
    public void Records_ThatHoldTokens_PrintNoneOfThem()
    {
        var tokens = new TokenSet { AccessToken = _canary.Secret, TokenType = "Bearer", ObtainedAt = default, RefreshToken = _canary.Secret, ProofKey = _canary.Secret, Proof = _canary.Secret };
        var key = new TokenKey(null, new AccountAddress("default", "test", "a"), "f", _canary.Secret);

        _canary.ThrowIfFound("printed", $"{tokens} {key} {new TokenRow(tokens, "1", 1)} {new TokenOutcome { Tokens = tokens, Unsaved = tokens }} {new TokenWant { Held = tokens, Rejected = _canary.Secret }} {(TokenAnswer)tokens}");
    }

    private TokenFixture Fixture() => new(builder =>
    {
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs));
        builder.AddOAuth2Provider(TokenFixture.Provider with { AllowsPasswordGrant = true });
    });

    private async Task CheckAsync(TokenFixture fixture)
    {
        foreach (var kind in new[] { "token", "lease", "account", "reference" })
        {
            foreach (var row in (await fixture.Store.ListAsync(new RecordQuery { Kind = kind, IncludeHistory = true, IncludePayload = true, IncludeDeleted = true })).Records)
            {
                _canary.ThrowIfFound($"a row of kind {kind}", $"{row} {Encoding.Latin1.GetString(row.Metadata.Span)} {Encoding.Latin1.GetString(row.Payload.Span)}");
            }
        }

        _canary.ThrowIfFound("the logs", _logs.Text);
        _canary.ThrowIfFound("traces and metrics", _telemetry.Text);
    }
}
