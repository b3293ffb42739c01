using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A server's session cookie proves the account that was sent when it was set, so no handler keeps one unless a client has one account for ever.</summary>
public sealed class CookieTests : NetworkTest
{
    [Fact]
    public async Task SendAsync_ByDefault_KeepsNoCookieOfTheServer()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        Network.Answer = static (_, response) => response.Headers.SetCookie = "session=of-the-first; Path=/";
        using var client = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));

        using var first = await client.SendAsync(Message().UseAccount("basic"));
        using var second = await client.SendAsync(Message().UseAccount("oauth-bearer"));

        Network.Requests.Should().HaveCount(2).And.OnlyContain(static request => request.Header("Cookie") == null);
    }

    [Fact]
    public async Task UseCookies_OnAClientWithOneAccount_KeepsThem()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (_, response) => response.Headers.SetCookie = "session=1; Path=/";
        using var client = Client(accounts, "bearer", static options => options.UseCookies = true);

        using var first = await client.SendAsync(Message());
        using var second = await client.SendAsync(Message());

        Network.Requests[1].Header("Cookie").Should().Be("session=1");
    }

    [Fact]
    public async Task UseCookies_OfTwoAccountsOverOneContainer_IsRefused()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("first"), Bearer("second"));
        var jar = new System.Net.CookieContainer();
        using var first = accounts.CreateHandler("first", new SocketsHttpHandler { CookieContainer = jar }, static options => options.UseCookies = true);
        using var again = accounts.CreateHandler("first", new SocketsHttpHandler { CookieContainer = jar }, static options => options.UseCookies = true);

        var create = () => accounts.CreateHandler("second", new SocketsHttpHandler { CookieContainer = jar }, static options => options.UseCookies = true);

        create.Should().Throw<InvalidOperationException>().WithMessage("*'second'*'first'*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task UseCookies_OnAClientWithNoneOrSeveralAccounts_IsRefused(int count)
    {
        await using var accounts = TestAccounts.Create();
        string[] names = ["first", "second"];

        var making = () => accounts.CreateHandler(names[..count], new SocketsHttpHandler(), static options => options.UseCookies = true);

        making.Should().Throw<InvalidOperationException>().WithMessage("*exactly one account*");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseCookies_WhenARequestChoosesAnotherAccount_SendsNothing(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Bearer("other"));
        using var client = Client(accounts, "bearer", static options => options.UseCookies = true);

        var sending = () => client.SendAsync(Message().UseAccount("other"), synchronously);

        await sending.Should().ThrowAsync<AccountUnavailableException>();
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task UseCookies_WhenAScopeHasAnAccountOfThatName_SendsNothing()
    {
        using var client = new TestSource(static (_, _, _) => new(TestSource.Opened(Bearer(), isScoped: true)))
            .CreateClient(Network.CreateHandler(), ["bearer"], static options => options.UseCookies = true);

        var sending = () => client.SendAsync(Message());

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*scope*");
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task UseAccount_OnAClientOfTheFactory_KeepsNoCookieOfTheServer()
    {
        await using var provider = await TestServices.CreateAsync(services =>
        {
            services.AddHttpClient("first").UseAccount("basic").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        });
        Network.Answer = static (_, response) => response.Headers.SetCookie = "session=1; Path=/";
        using var client = provider.CreateClient("first");

        using var first = await client.SendAsync(Message());
        using var second = await client.SendAsync(Message());

        Network.Requests[1].Header("Cookie").Should().BeNull();
    }

    private static HttpRequestMessage Message() => new(HttpMethod.Get, "https://api.example/");
}
