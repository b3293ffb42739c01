using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace Digibee.Accounts;

/// <summary>Whatever is registered before or after UseAccount, the account handler stands right above the primary handler.</summary>
public sealed class RegistrationOrderTests : NetworkTest
{
    private static readonly string[] Steps = ["account", "primary", "handler", "resilience"];

    public static TheoryData<string, bool> Orders => new MatrixTheoryData<string, bool>(Permutations(Steps).Select(static order => string.Join(' ', order)), [false, true]);

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task UseAccount_InAnyOrder_AppliesTheAccountBelowEverythingElse(string order, bool synchronously)
    {
        var seen = new List<string>();
        await using var provider = await TestServices.CreateAsync(services =>
        {
            var client = services.AddHttpClient("crm");
            foreach (var step in order.Split(' '))
            {
                Register(client, step, seen);
            }
        });
        using var http = provider.CreateClient("crm");

        using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), synchronously);

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
        seen.Should().HaveCount(3).And.OnlyContain(static text => !text.Contains("Authorization"));
    }

    [Theory]
    [InlineData("filters", false)]
    [InlineData("filters", true)]
    [InlineData("loggers", false)]
    [InlineData("loggers", true)]
    public async Task UseAccount_WhenFiltersOrLoggersAreRemoved_StillAppliesTheAccount(string removed, bool removedBefore)
    {
        await using var provider = await TestServices.CreateAsync(services =>
        {
            var client = services.AddHttpClient("crm").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
            if (removedBefore)
            {
                Remove(services, client, removed);
            }

            client.UseAccount("basic");
            if (!removedBefore)
            {
                Remove(services, client, removed);
            }
        });
        using var http = provider.CreateClient("crm");

        using var response = await http.GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
    }

    [Fact]
    public async Task UseAccount_BeforeAddDigibeeAccounts_Works()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("crm").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddDigibeeAccounts();
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAccountVault>().SaveAsync(TestAccounts.All(["https://api.example"])[0]);

        using var response = await provider.CreateClient("crm").GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
    }

    [Fact]
    public async Task UseAccount_WithTheFactorysOwnPrimaryHandler_TakesItOver()
    {
        HttpMessageHandler? primary = null;
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm").UseAccount("basic")
            .ConfigurePrimaryHttpMessageHandler((handler, _) => primary = handler));

        using var http = provider.CreateClient("crm");

        var sockets = primary.Should().BeOfType<SocketsHttpHandler>().Subject;
        sockets.AllowAutoRedirect.Should().BeFalse();
        sockets.UseCookies.Should().BeFalse("the factory's default keeps cookies, and one account's session would go out with another");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WhenThePrimaryHandlerWasReplacedBelowTheAccount_SendsNothing(bool synchronously)
    {
        using var replacement = new TestPrimaryHandler();
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("crm").UseAccount("basic");
            services.AddOptions<HttpClientFactoryOptions>("crm").PostConfigure(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = replacement));
        });
        using var http = provider.CreateClient("crm");

        var sending = () => http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), synchronously);

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*'crm'*ConfigurePrimaryHttpMessageHandler*").Which.IsTransient.Should().BeFalse();
        replacement.Sent.Should().Be(0);
    }

    [Fact]
    public async Task Send_WhenAHandlerWasAddedAboveTheAccountsGuard_StillAppliesTheAccount()
    {
        var seen = new List<string>();
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("crm").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
            services.AddOptions<HttpClientFactoryOptions>("crm").PostConfigure(options => options.HttpMessageHandlerBuilderActions.Add(builder =>
            {
                builder.AdditionalHandlers.Insert(0, new OuterHandler(seen));
                builder.AdditionalHandlers.Add(new OuterHandler(seen));
            }));
        });
        using var http = provider.CreateClient("crm");

        using var response = await http.GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
        seen.Should().HaveCount(6).And.OnlyContain(static text => !text.Contains("Authorization"));
    }

    private static IEnumerable<string[]> Permutations(string[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany(item => Permutations([.. items.Where(other => other != item)]).Select(rest => (string[])[item, .. rest]));

    private static void Remove(IServiceCollection services, IHttpClientBuilder client, string what)
    {
        if (what == "filters")
        {
            services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
        }
        else
        {
            client.RemoveAllLoggers();
        }
    }

    private void Register(IHttpClientBuilder client, string step, List<string> seen)
    {
        switch (step)
        {
            case "account":
                client.UseAccount("basic");
                break;
            case "primary":
                client.ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
                break;
            case "handler":
                client.AddHttpMessageHandler(() => new OuterHandler(seen));
                break;
            default:
                client.AddStandardResilienceHandler();
                break;
        }
    }
}
