using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The release gate on requests: one named client serves all tenants, and each request carries its tenant's account and no other's.</summary>
public sealed class CrossTenantRequestTests : NetworkTest
{
    // Equal when joined with one of the characters that an address may hold.
    private static readonly string[] Colliding = ["a", "a-b", "b", "b-c", "c", "a.b", "b.c", "ab", "bc", "abc", "0"];

    [Fact]
    public async Task UseAccount_OfAThousandTenantsThroughOneClient_SendsEachItsOwn()
    {
        await using var services = Services();
        var addresses = Enumerable.Range(0, 1_000).Select(static number => new AccountAddress($"tenant-{number}", "prod", "crm")).ToArray();

        await SendToAllAsync(services, addresses);
    }

    [Fact]
    public async Task UseAccount_OfAddressesThatCollideWhenJoined_SendsEachItsOwn()
    {
        await using var services = Services();
        var addresses = from realm in Colliding from environment in Colliding from name in Colliding select new AccountAddress(realm, environment, name);

        await SendToAllAsync(services, [.. addresses]);
    }

    [Theory]
    [InlineData("TENANT", "prod", "crm")]
    [InlineData("tenant", "Prod", "crm")]
    [InlineData("tenant", "prod", "CRM")]
    [InlineData("tenan\u0074\u0301", "prod", "crm")]
    [InlineData("\uff54enant", "prod", "crm")]
    [InlineData("tenant/prod", "prod", "crm")]
    [InlineData("tenant", "prod", "crm\0")]
    [InlineData("tenant", "", "crm")]
    public void UseAccount_OfAnAddressThatOnlyLooksLikeOne_IsRefusedByItsGrammar(string realm, string environment, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        request.Invoking(message => message.UseAccount(new AccountAddress(realm, environment, name))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task UseAccount_OfATenantWithoutTheAccount_TakesNobodyElses()
    {
        await using var services = Services();
        await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm", "the-programs-own"));
        await services.GetRequiredService<IAccountVault>().For("tenant", "test").SaveAsync(Bearer("crm", "another-environment"));
        await services.GetRequiredService<IAccountVault>().For("tenant-2", "prod").SaveAsync(Bearer("crm", "another-tenant"));
        using var scope = services.GetRequiredService<IAccountVault>().BeginScope();
        scope.Set(Bearer("crm", "a-scope-of-the-programs-own"));
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount(new AccountAddress("tenant", "prod", "crm"));

        var send = () => client.SendAsync(request);

        await send.Should().ThrowAsync<AccountNotFoundException>();
        Network.Requests.Should().BeEmpty();
    }

    private async Task SendToAllAsync(ServiceProvider services, AccountAddress[] addresses)
    {
        var vault = services.GetRequiredService<IAccountVault>();
        foreach (var address in addresses)
        {
            await vault.For(address.Realm, address.Environment).SaveAsync(Bearer(address.Name, $"{address}"));
        }

        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        await Parallel.ForEachAsync(addresses.Concat(addresses.Reverse()), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (address, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://api.example/{address}").UseAccount(address);
            using var response = await client.SendAsync(request, cancellationToken);
        });

        Network.Requests.Should().HaveCount(2 * addresses.Length);
        Network.Requests.Where(static request => request.Header("Authorization") != $"Bearer {request.Target[1..]}").Should().BeEmpty("each path names the tenant whose account it has to carry");
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("api").UseAccounts().ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        return services.BuildServiceProvider();
    }
}
