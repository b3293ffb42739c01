using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>The canary through the vault and over the wire: it reaches the server it is for, and nothing else.</summary>
public sealed class LeakCanaryPipelineTests
{
    [Fact]
    public async Task SaveAsync_OfEveryType_KeepsTheSecretOutOfTheStoreTheLogsAndTheHealthReport()
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var telemetry = new LeakCanaryTelemetry();
        var rows = new InMemoryAccountStore();
        await using var services = Build(rows, logs);
        var vault = services.GetRequiredService<IAccountVault>();

        foreach (var account in canary.Accounts)
        {
            var saved = await vault.SaveAsync(account);
            canary.ThrowIfFound($"the summary of {account.Type}", $"{saved} {string.Join(' ', saved.Facts)} {saved.Warnings}");
            canary.ThrowIfFound($"the opened {account.Type}", $"{await vault.OpenAsync(account.Name)} {account}");
            var record = (await rows.GetAsync(VaultFixture.KeyOf(account.Name)))!;
            canary.ThrowIfFound($"the payload of {account.Type}", record.Payload.Span);
            canary.ThrowIfFound($"the metadata of {account.Type}", record.Metadata.Span);
            canary.ThrowIfFound($"the row of {account.Type}", record.ToString());
            var mismatch = async () => await vault.SaveAsync(account, new() { ExpectedRevision = 1 });
            canary.ThrowIfFound($"the conflict of {account.Type}", (await mismatch.Should().ThrowAsync<AccountConflictException>()).Which);
        }

        var health = await services.GetRequiredService<DigibeeAccountsHealthCheck>().CheckHealthAsync(new HealthCheckContext { Registration = new("accounts", static _ => null!, null, null) });
        canary.ThrowIfFound("the health report", $"{health.Status} {health.Description} {string.Join(' ', health.Data)}");
        canary.ThrowIfFound("the logs", logs.Text);
        canary.ThrowIfFound("traces and metrics", telemetry.Text);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task SendAsync_WithEveryTypeThatGoesOnHttp_LeavesNothingBehind(int status)
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var telemetry = new LeakCanaryTelemetry();
        await using var network = await TestNetwork.StartAsync();
        network.Answer = (request, response) =>
        {
            response.StatusCode = request.Host == "api.example" ? status : 200;
            if (response.StatusCode == 302)
            {
                // It sends back what it got, the key in the query too.
                response.Headers.Location = "https://other.example" + request.Target;
            }
        };
        await using var services = Build(new InMemoryAccountStore(), logs, network);
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        var onHttp = canary.Accounts.Where(static account => account is ApiKeyAccount or BasicAccount or CustomAuthHeaderAccount or OAuthBearerAccount).ToArray();

        foreach (var account in onHttp)
        {
            await services.GetRequiredService<IAccountVault>().SaveAsync(account with { AllowedOrigins = ["https://api.example"] });
            using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders?page=1").UseAccount(account.Name);
            using var response = await client.SendAsync(request);

            canary.ThrowIfFound($"the request with {account.Type}", request.ToString());
            canary.ThrowIfFound($"the response to {account.Type}", $"{response} {response.RequestMessage} {response.RequestMessage!.RequestUri} {response.GetAccountRefusal()}");
        }

        onHttp.Should().HaveCountGreaterThanOrEqualTo(4);
        network.Requests.Where(static request => request.Host == "api.example").Should().HaveCount(onHttp.Length)
            .And.OnlyContain(request => canary.Find(Seen(request)) != null, "the server it is for gets it");
        foreach (var request in network.Requests.Where(static request => request.Host != "api.example"))
        {
            canary.ThrowIfFound("another origin", Seen(request));
        }

        logs.Text.Should().Contain("/orders", "the factory's own logging is on, at Trace, with redaction off");
        canary.ThrowIfFound("the logs", logs.Text);
        canary.ThrowIfFound("traces and metrics", telemetry.Text);
    }

    [Fact]
    public async Task SendAsync_WithEveryTypeThatSignsOrChecks_LeavesTheKeyAtHome()
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var telemetry = new LeakCanaryTelemetry();
        await using var network = await TestNetwork.StartAsync();
        await using var services = Build(new InMemoryAccountStore(), logs, network);
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        var signed = 0;

        foreach (var account in canary.Accounts.Where(static account => account is PrivateKeyAccount or PublicKeyAccount or SecretKeyAccount))
        {
            await services.GetRequiredService<IAccountVault>().SaveAsync(account with { AllowedOrigins = ["https://api.example"] });
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/orders") { Content = new StringContent("body") }.UseAccount(account.Name);
            try
            {
                using var response = await client.SendAsync(request);
                signed++;
                canary.ThrowIfFound($"the response to {account.Type}", $"{response} {response.RequestMessage}");
            }
            catch (AccountException exception)
            {
                // A public key refuses the answer, which nobody signed.
                canary.ThrowIfFound($"the refusal of {account.Type}", exception);
            }

            canary.ThrowIfFound($"the request with {account.Type}", request.ToString());
        }

        signed.Should().BeGreaterThanOrEqualTo(3);
        network.Requests.Should().Contain(static request => request.Header("Signature") != null);
        foreach (var request in network.Requests)
        {
            canary.ThrowIfFound("what the server gets", Seen(request));
        }

        canary.ThrowIfFound("the logs", logs.Text);
        canary.ThrowIfFound("traces and metrics", telemetry.Text);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task SendAsync_WithEverySecretOfAScopeInExpressions_LeavesNothingBehind(int status)
    {
        var canary = new LeakCanary();
        using var logs = new LeakCanaryLoggerProvider();
        using var telemetry = new LeakCanaryTelemetry();
        await using var network = await TestNetwork.StartAsync();
        network.Answer = (request, response) =>
        {
            response.StatusCode = request.Host == "api.example" ? status : 200;
            response.Headers.Location = response.StatusCode == 302 ? "https://other.example" + request.Target : default(string);
        };
        var rows = new InMemoryAccountStore();
        await using var services = Build(rows, logs, network);
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        var vault = services.GetRequiredService<IAccountVault>();
        var scope = vault.BeginScope();
        var sent = 0;

        foreach (var account in canary.Accounts)
        {
            var summary = scope.Set(account with { AllowedOrigins = ["https://api.example"] });
            canary.ThrowIfFound($"the scope with {account.Type}", $"{summary} {string.Join(' ', summary.Facts)} {summary.Warnings} {await vault.OpenAsync(account.Name)}");
            foreach (var field in AccountFields.Of(account.Type).ToArray().Where(field => field.SecretOf(account) is not null))
            {
                var expression = $"{{{{ account.{account.Name}.{field.Name} }}}}";
                sent += await SendAsync(canary, client, new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders").UseAccountHeader("X-Value", expression));
                sent += await SendAsync(canary, client, new HttpRequestMessage(HttpMethod.Post, "https://api.example/orders") { Content = new AccountExpressionContent(expression, "text/plain") }.UseAccounts());
                await SendAsync(canary, client, new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders").UseAccount(scope, account.Name).UseAccountHeader("X-Value", $"{expression} {{{{ account.{account.Name}.absent }}}}"));
            }

            (await rows.GetAsync(VaultFixture.KeyOf(account.Name))).Should().BeNull("what is a scope's is not stored");
        }

        scope.Dispose();
        (await SendAsync(canary, client, new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders").UseAccount(scope, canary.Accounts[0].Name))).Should().Be(0);
        var received = network.Requests.Where(static request => request.Host == "api.example").ToArray();
        received.Should().HaveCount(sent).And.HaveCountGreaterThan(canary.Accounts.Count).And.OnlyContain(request => canary.Find(request.ToString()) != null, "the server it is for gets it");
        foreach (var request in network.Requests.Where(static request => request.Host != "api.example"))
        {
            canary.ThrowIfFound("another origin", request.ToString());
        }

        logs.Text.Should().Contain("/orders");
        canary.ThrowIfFound("the logs", logs.Text);
        canary.ThrowIfFound("traces and metrics", telemetry.Text);
    }

    // Gives how many arrived: a key of several lines is refused in a header, and that is looked at too.
    private static async Task<int> SendAsync(LeakCanary canary, HttpClient client, HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                using var response = await client.SendAsync(request);
                canary.ThrowIfFound("the response", $"{response} {response.RequestMessage} {response.GetAccountRefusal()}");
                return 1;
            }
            catch (AccountException exception)
            {
                canary.ThrowIfFound("the refusal", exception);
                return 0;
            }
            finally
            {
                canary.ThrowIfFound("the request", $"{request} {(request.Content as AccountExpressionContent)?.Text}");
            }
        }
    }

    private static string Seen(RecordedRequest request) => $"{request} {request.Header("Authorization")}";

    private static ServiceProvider Build(IAccountStore rows, ILoggerProvider logs, TestNetwork? network = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseStore(rows).UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()));
        var client = services.AddHttpClient("api").UseAccounts().RedactLoggedHeaders(static _ => false);
        if (network is not null)
        {
            client.ConfigurePrimaryHttpMessageHandler(network.CreateHandler);
        }

        return services.BuildServiceProvider();
    }
}
