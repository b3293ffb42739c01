using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The library without dependency injection.</summary>
public sealed class DigibeeAccountsTests : NetworkTest
{
    [Fact]
    public async Task CreateHandler_ForAnAccount_AppliesIt()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = new HttpClient(accounts.CreateHandler("bearer", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/");

        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
    }

    [Fact]
    public async Task CreateHandler_OverAHandlerThatWrapsSockets_AppliesTheAccountAboveIt()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        var seen = new List<string>();
        Network.Redirect("/first", 302, "https://other.example/next");
        using var client = new HttpClient(accounts.CreateHandler("bearer", new OuterHandler(seen) { InnerHandler = Network.CreateHandler() }));

        using var response = await client.GetAsync("https://api.example/first");

        Network.Requests.Select(static request => TestAccounts.HoldsSecret(request)).Should().Equal(true, false);
        seen[0].Should().Contain("Authorization", "what stands below the account handler sees what it sends");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CreateHandler_AroundOneOfOurs_IsRefused(bool withAnotherBetween)
    {
        await using var accounts = TestAccounts.Create();
        var first = accounts.CreateHandler("basic", Network.CreateHandler());
        using var below = withAnotherBetween ? new OuterHandler([]) { InnerHandler = first } : first;

        var nesting = () => accounts.CreateHandler("api-key-header", below);

        nesting.Should().Throw<InvalidOperationException>().WithMessage("*'api-key-header' applies accounts already*");
    }

    [Fact]
    public async Task Dispose_OfTheHandler_DisposesThePrimaryHandler()
    {
        await using var accounts = TestAccounts.Create();
        var primary = new SocketsHttpHandler();

        accounts.CreateHandler("crm", primary).Dispose();

        primary.Invoking(static handler => handler.MaxAutomaticRedirections = 1).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Create_WithoutAnEnvironment_SaysSo()
    {
        var creating = () => DigibeeAccounts.Create(static accounts => accounts.UseInMemoryStore());

        creating.Should().Throw<OptionsValidationException>().WithMessage("*Environment*");
    }

    [Theory]
    [InlineData("Not A Name")]
    [InlineData("")]
    public async Task CreateHandler_WithANameThatIsNone_Throws(string name)
    {
        await using var accounts = TestAccounts.Create();

        accounts.Invoking(a => a.CreateHandler(name, new SocketsHttpHandler())).Should().Throw<ArgumentException>();
    }
}
