using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A saved change is in force for the next request of an existing client, on the connection that is open already.</summary>
public sealed class RotationTests : NetworkTest
{
    [Fact]
    public async Task SendAsync_AfterASavedChange_UsesItOnTheSameConnection()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(token: "first"));
        using var client = Client(accounts, "bearer");
        using var before = await client.GetAsync("https://api.example/");

        await accounts.Vault.SaveAsync(Bearer(token: "second"));
        using var after = await client.GetAsync("https://api.example/");

        Network.Requests.Select(static request => request.Header("Authorization")).Should().Equal("Bearer first", "Bearer second");
        Network.Connections.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(TestAccounts.Names), MemberType = typeof(TestAccounts))]
    public async Task SendAsync_FromFourFlowsWhileTheAccountIsSavedTwentyTimes_NeverFails(string name)
    {
        var account = TestAccounts.All(["https://api.example"]).Single(account => account.Name == name);
        await using var accounts = await TestAccounts.CreateAsync(account);
        using var client = Client(accounts, name);

        await RotationLoad.RunAsync(accounts.Vault, save => account with { Description = $"the {save}th" }, async () => (await client.GetAsync("https://api.example/")).EnsureSuccessStatusCode().Dispose());

        Network.Requests.Should().HaveCountGreaterThanOrEqualTo(160).And.OnlyContain(request => TestAccounts.Carries(request, name));
    }

    [Fact]
    public async Task SendAsync_AfterTheOriginsWereNarrowed_SendsNothingMore()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var before = await client.GetAsync("https://api.example/");

        await accounts.Vault.SaveAsync(Bearer() with { AllowedOrigins = ["https://other.example"] });
        var sending = () => client.GetAsync("https://api.example/");

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_AfterTheAccountBecameAnotherType_AppliesThatType()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var before = await client.GetAsync("https://api.example/");

        await accounts.Vault.SaveAsync(new ApiKeyAccount { Name = "bearer", ParameterName = "X-Api-Key", Key = new Secret("k"), Placement = ApiKeyPlacement.Header, AllowedOrigins = ["https://api.example"] });
        using var after = await client.GetAsync("https://api.example/");

        Network.Requests[1].Header("X-Api-Key").Should().Be("k");
        Network.Requests[1].Header("Authorization").Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_AfterTheAccountWasDeleted_SendsNothingMore()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var before = await client.GetAsync("https://api.example/");

        await accounts.Vault.DeleteAsync("bearer", new AccountDeleteOptions { EvenIfInUse = true });
        var sending = () => client.GetAsync("https://api.example/");

        await sending.Should().ThrowAsync<AccountNotFoundException>();
        Network.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_OfAClientOfTheFactory_UsesASavedChange()
    {
        await using var provider = await TestServices.CreateAsync(services => services.AddHttpClient("crm").UseAccount("oauth-bearer").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler));
        using var client = provider.CreateClient("crm");
        using var before = await client.GetAsync("https://api.example/");

        await provider.GetRequiredService<IAccountVault>().SaveAsync(Bearer("oauth-bearer", "second"));
        using var after = await client.GetAsync("https://api.example/");

        Network.Requests[1].Header("Authorization").Should().Be("Bearer second");
    }
}
