using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Accounts chosen for one message replace the client's, travel with retries and copies, and never go out on a client that cannot apply them.</summary>
public sealed class AccountSelectionTests : NetworkTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAccount_OnAMessage_ReplacesTheClientsAccountsAndGivesTheVersionBack(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = Client(accounts, "api-key-header");
        using var request = Message().UseAccount("basic");

        using var response = await client.SendAsync(request, synchronously);

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
        Network.Request.Header("X-Api-Key").Should().BeNull();
        request.Version.Should().Be(HttpVersion.Version11);
    }

    [Fact]
    public async Task UseAccounts_WithoutNames_SendsTheMessageWithoutAny()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");

        using var response = await client.SendAsync(Message().UseAccounts());

        TestAccounts.HoldsSecret(Network.Request).Should().BeFalse();
    }

    [Fact]
    public async Task UseAccount_CalledTwice_KeepsTheLastChoiceAndTheVersionOfBefore()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));
        using var request = Message();
        request.Version = HttpVersion.Version10;

        using var response = await client.SendAsync(request.UseAccount("basic").UseAccount("oauth-bearer"));

        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
        request.Version.Should().Be(HttpVersion.Version10);
    }

    [Fact]
    public async Task UseAccount_WhenAHandlerSetsTheVersionLater_IsStillInForce()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = Client(accounts, "api-key-header");
        using var request = Message().UseAccount("basic");
        request.Version = HttpVersion.Version11;

        using var response = await client.SendAsync(request);

        TestAccounts.Carries(Network.Request, "basic").Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAccount_OnAClientWithoutAccountHandler_FailsBeforeItConnects(bool synchronously)
    {
        using var sockets = new HttpClient(Network.CreateHandler());
        using var classic = new HttpClient(new HttpClientHandler());

        var onSockets = () => sockets.SendAsync(Message().UseAccount("basic"), synchronously);
        var onClassic = () => classic.SendAsync(Message().UseAccount("basic"), synchronously);

        await onSockets.Should().ThrowAsync<NotSupportedException>();
        await onClassic.Should().ThrowAsync<NotSupportedException>();
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task UseAccount_OnAMessageThatIsSentAgain_IsInForceEachTime()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var invoker = new HttpMessageInvoker(accounts.CreateHandler("api-key-header", Network.CreateHandler()));
        using var request = Message().UseAccount("basic");

        using var first = await invoker.SendAsync(request, default);
        using var second = await invoker.SendAsync(request, default);

        Network.Requests.Should().HaveCount(2).And.OnlyContain(static sent => TestAccounts.Carries(sent, "basic") && sent.Header("X-Api-Key") == null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAccount_OnACopyWithItsOptions_IsInForce(bool copiedAfterTheFirstSend)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = Client(accounts, "api-key-header");
        using var request = Message().UseAccount("basic");
        var copy = Copy(request);
        if (copiedAfterTheFirstSend)
        {
            using var first = await client.SendAsync(request);
            copy = Copy(request);
        }

        using var response = await client.SendAsync(copy);

        TestAccounts.Carries(Network.Requests[^1], "basic").Should().BeTrue();
        Network.Requests[^1].Header("X-Api-Key").Should().BeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAccount_OnACopyThatLostItsOptions_SendsNothing(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var copy = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Version = Message().UseAccount("basic").Version };

        var sending = () => client.SendAsync(copy, synchronously);

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*Copy HttpRequestMessage.Options too.");
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task UseAccount_ByAddress_TakesTheAccountOfAnotherEnvironment()
    {
        var asked = new List<string>();
        using var client = new TestSource((address, _, _) =>
        {
            asked.Add(address.ToString());
            return new(TestSource.Opened(Bearer()));
        }).CreateClient(Network.CreateHandler(), []);

        using var response = await client.SendAsync(Message().UseAccount(new AccountAddress("tenant-7", "prod", "bearer")));

        asked.Should().Equal("tenant-7/prod/bearer");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("../x")]
    [InlineData("a/b")]
    public void UseAccount_WithANameThatIsNone_ThrowsWithoutRepeatingIt(string name)
    {
        using var request = Message();

        var naming = () => request.UseAccount(name);

        var error = naming.Should().Throw<ArgumentException>().Which;
        if (name.Length > 0)
        {
            error.Message.Should().NotContain(name);
        }

        request.Version.Should().Be(HttpVersion.Version11);
    }

    [Fact]
    public void UseAccounts_WithOneNameTwice_Throws()
    {
        using var request = Message();

        var naming = () => request.UseAccounts("crm", "crm");

        naming.Should().Throw<ArgumentException>().WithMessage("The same account is named twice.*");
    }

    [Fact]
    public async Task UseAccount_OnAFactoryClientWithoutAccounts_IsRefusedWithTheLineToWrite()
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore();
        services.AddHttpClient("plain").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("plain");
        using var versionSetLater = Message().UseAccount("basic");
        versionSetLater.Version = HttpVersion.Version11;

        var first = () => client.SendAsync(Message().UseAccount("basic"));
        var second = () => client.SendAsync(versionSetLater);
        using var plain = await client.SendAsync(Message());

        (await first.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*'plain'*UseAccounts()*").Which.AccountName.Should().Be("basic");
        await second.Should().ThrowAsync<AccountUnavailableException>();
        Network.Requests.Should().ContainSingle();
    }

    private static HttpRequestMessage Message() => new(HttpMethod.Get, "https://api.example/");

    private static HttpRequestMessage Copy(HttpRequestMessage message)
    {
        var copy = new HttpRequestMessage(message.Method, message.RequestUri) { Version = message.Version };
        foreach (var (key, value) in message.Options)
        {
            copy.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        }

        return copy;
    }
}
