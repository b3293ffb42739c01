using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace Digibee.Accounts;

/// <summary>Retries and hedged copies stand outside: each starts from the message as it came, and carries the account once.</summary>
public sealed class ResilienceTests : NetworkTest
{
    public static TheoryData<string, bool> Cases => new MatrixTheoryData<string, bool>(TestAccounts.All(AllowedOrigins.None).Select(static account => account.Name), [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AddStandardResilienceHandler_ThatRetries_SendsTheAccountOnceEachTime(string name, bool chosenByTheRequest)
    {
        FailTimes(2);
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm")
            .UseAccounts(chosenByTheRequest ? [] : [name])
            .ConfigurePrimaryHttpMessageHandler(Network.CreateHandler)
            .AddStandardResilienceHandler(WithoutDelay));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/orders?a=1");
        using var http = provider.CreateClient("crm");

        using var response = await http.SendAsync(chosenByTheRequest ? request.UseAccount(name) : request);

        Network.Requests.Should().HaveCount(3).And.OnlyContain(sent => TestAccounts.Carries(sent, name));
        Network.Requests.Select(static sent => sent.Target).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        response.RequestMessage!.RequestUri!.Query.Should().Be("?a=1");
    }

    [Fact]
    public async Task AddStandardResilienceHandler_OnAnAccountThatIsMissing_DoesNotRetry()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm")
            .UseAccount("nobody")
            .ConfigurePrimaryHttpMessageHandler(Network.CreateHandler)
            .AddStandardResilienceHandler(WithoutDelay));

        var sending = () => provider.CreateClient("crm").GetAsync("https://api.example/");

        await sending.Should().ThrowAsync<AccountNotFoundException>();
        Network.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddStandardHedgingHandler_ThatSendsCopies_AppliesTheAccountToEach(bool chosenByTheRequest)
    {
        FailTimes(1);
        await using var provider = await TestServices.CreateAsync(services =>
        {
            var client = services.AddHttpClient("crm").UseAccount(chosenByTheRequest ? "oauth-bearer" : "basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
            client.AddStandardHedgingHandler().Configure(static options => options.Hedging.Delay = TimeSpan.Zero);
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        using var response = await provider.CreateClient("crm").SendAsync(chosenByTheRequest ? request.UseAccount("basic") : request);

        Network.Requests.Should().HaveCountGreaterThan(1).And.OnlyContain(static sent => TestAccounts.Carries(sent, "basic"));
    }

    private static void WithoutDelay(HttpStandardResilienceOptions options)
    {
        options.Retry.Delay = TimeSpan.Zero;
        options.Retry.MaxRetryAttempts = 3;
    }

    private void FailTimes(int times)
    {
        var left = times;
        Network.Answer = (_, response) => response.StatusCode = Interlocked.Decrement(ref left) >= 0 ? 503 : 200;
    }
}
