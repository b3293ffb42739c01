namespace Digibee.Accounts;

public sealed class AccountGuardTests
{
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    public async Task Send_WithoutAnAccountHandlerBelow_RefusesClientsAndMessagesWithAccounts(bool clientUsesAccounts, bool messageUsesAccounts, bool synchronously)
    {
        using var primary = new TestPrimaryHandler();
        using var client = new HttpClient(new AccountGuard("crm", clientUsesAccounts) { InnerHandler = new Passing { InnerHandler = primary } });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        var sending = () => client.SendAsync(messageUsesAccounts ? request.UseAccount("basic") : request, synchronously);

        await sending.Should().ThrowAsync<AccountUnavailableException>();
        primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithoutAccounts_LetsTheMessagePass(bool synchronously)
    {
        using var primary = new TestPrimaryHandler();
        using var client = new HttpClient(new AccountGuard("plain", clientUsesAccounts: false) { InnerHandler = primary });

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), synchronously);

        primary.Sent.Should().Be(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Send_WithAnAccountHandlerAnywhereBelow_LetsTheMessagePass(int between)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var primary = new TestPrimaryHandler();
        var below = accounts.CreateHandler("basic", primary);
        for (var i = 0; i < between; i++)
        {
            below = new Passing { InnerHandler = below };
        }

        using var client = new HttpClient(new AccountGuard("crm", clientUsesAccounts: true) { InnerHandler = below });

        using var first = await client.GetAsync("https://api.example/");
        using var second = await client.GetAsync("https://api.example/");

        primary.Sent.Should().Be(2);
    }

    private sealed class Passing : DelegatingHandler;
}
