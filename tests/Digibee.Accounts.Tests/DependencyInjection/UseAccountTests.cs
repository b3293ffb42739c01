using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Named, typed, keyed and default clients, and what UseAccount refuses.</summary>
public sealed class UseAccountTests : NetworkTest
{
    [Fact]
    public async Task UseAccount_OnATypedClient_AppliesTheAccount()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient<TypedClient>().UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));

        using var response = await provider.GetRequiredService<TypedClient>().Http.GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
    }

    [Fact]
    public async Task UseAccount_OnAKeyedClient_AppliesTheAccount()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm").AddAsKeyed().UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));
        await using var scope = provider.CreateAsyncScope();

        using var response = await scope.ServiceProvider.GetRequiredKeyedService<HttpClient>("crm").GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
    }

    [Fact]
    public async Task UseAccount_InTheClientsDefaults_IsForEveryClientWithoutAccountsOfItsOwn()
    {
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("own").UseAccount("oauth-bearer");
            services.AddHttpClient("none").UseAccounts();
            services.ConfigureHttpClientDefaults(defaults => defaults.UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));
            services.AddHttpClient("other");
        });

        foreach (var name in new[] { "own", "none", "other", "never-registered" })
        {
            using var response = await provider.CreateClient(name).GetAsync("https://api.example/");
        }

        Network.Requests.Select(static request => request.Header("Authorization")?.Split(' ')[0]).Should().Equal("Bearer", null, "Basic", "Basic");
    }

    [Fact]
    public async Task UseAccounts_WithSeveralNamesAndOptions_AppliesAllByTheOptions()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm")
            .UseAccounts(["basic", "api-key-header"], static options => options.Origins = ["https://api.example"])
            .ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));
        using var http = provider.CreateClient("crm");

        using var response = await http.GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
        TestAccounts.Carries(Network.Request, "api-key-header").Should().BeTrue();
    }

    [Fact]
    public async Task UseAccount_WithOriginsOfTheClient_RefusesOthers()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm")
            .UseAccount("basic", static options => options.Origins = ["https://other.example"])
            .ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));

        var sending = () => provider.CreateClient("crm").GetAsync("https://api.example/");

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task UseAccount_WithAClientForEachAccount_KeepsThemApart()
    {
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("first").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
            services.AddHttpClient("First").UseAccount("oauth-bearer").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        });

        using var first = await provider.CreateClient("first").GetAsync("https://api.example/");
        using var second = await provider.CreateClient("First").GetAsync("https://api.example/");

        Network.Requests.Select(static request => request.Header("Authorization")!.Split(' ')[0]).Should().Equal("Basic", "Bearer");
    }

    [Fact]
    public async Task UseAccount_WithAnAuthenticatorOfTheClient_UsesItThereOnly()
    {
        var authenticator = new TestAuthenticator<BasicAccount>(static (request, account) =>
        {
            request.SetHeader("X-User", account.UserName);
            return default;
        });
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("special").UseAccount("basic", options => options.UseAuthenticator(authenticator)).ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
            services.AddHttpClient("plain").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        });

        using var special = await provider.CreateClient("special").GetAsync("https://api.example/");
        using var plain = await provider.CreateClient("plain").GetAsync("https://api.example/");

        Network.Requests[0].Header("X-User").Should().Be("Aladdin");
        Network.Requests[0].Header("Authorization").Should().BeNull();
        TestAccounts.Carries(Network.Requests[1], "basic").Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AddSingleton_OfAnAuthenticator_ReplacesTheLibrarys(bool before)
    {
        var services = new ServiceCollection();
        var authenticator = new TestAuthenticator<BasicAccount>(static (request, account) =>
        {
            request.SetHeader("X-User", account.UserName);
            return default;
        });
        if (before)
        {
            services.AddSingleton<IAccountAuthenticator<BasicAccount>>(authenticator);
        }

        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("crm").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        if (!before)
        {
            services.AddSingleton<IAccountAuthenticator<BasicAccount>>(authenticator);
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAccountVault>().SaveAsync(TestAccounts.All(["https://api.example"])[0]);

        using var response = await provider.CreateClient("crm").GetAsync("https://api.example/");

        Network.Request.Header("X-User").Should().Be("Aladdin");
    }

    [Fact]
    public void UseAccount_TwiceOnOneClient_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("crm").UseAccount("first");

        var again = () => services.AddHttpClient("crm").UseAccounts("second");
        var defaults = () => services.ConfigureHttpClientDefaults(static clients => clients.UseAccount("first").UseAccount("second"));

        again.Should().Throw<InvalidOperationException>().WithMessage("HTTP client 'crm' has accounts already*UseAccounts*");
        defaults.Should().Throw<InvalidOperationException>().WithMessage("The clients' defaults have accounts already*");
    }

    [Theory]
    [InlineData("Not A Name")]
    [InlineData("")]
    public void UseAccount_WithANameThatIsNone_ThrowsWhereItIsWritten(string name)
    {
        var client = new ServiceCollection().AddHttpClient("crm");

        client.Invoking(c => c.UseAccount(name)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void UseAccounts_WithOneNameTwice_ThrowsWhereItIsWritten()
    {
        var client = new ServiceCollection().AddHttpClient("crm");

        client.Invoking(static c => c.UseAccounts("a", "b", "a")).Should().Throw<ArgumentException>();
    }

    private sealed class TypedClient(HttpClient http)
    {
        public HttpClient Http { get; } = http;
    }
}
