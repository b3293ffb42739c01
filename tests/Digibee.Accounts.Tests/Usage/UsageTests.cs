using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Who uses an account: noted by requests, saved by the minute, asked for before a delete.</summary>
public sealed class UsageTests : NetworkTest
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CountingStore _store = new(new InMemoryAccountStore());

    [Fact]
    public async Task GetUsageAsync_AfterRequests_NamesClientsRevisionsAndTimes()
    {
        await using var services = Services();
        var vault = services.GetRequiredService<IAccountVault>();
        var first = await vault.SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");
        _time.Advance(TimeSpan.FromMinutes(5));
        var second = await vault.SaveAsync(Bearer("crm", "changed"));
        await SendAsync(services, "orders");
        await SendAsync(services, "invoices");

        var usage = await vault.GetUsageAsync("crm");

        usage.Select(static use => (use.Client, use.Revision, use.LastUsedAt.Minute, use.LastRefusedAt)).Should().BeEquivalentTo(
            [("orders", first.Revision, 4, (DateTimeOffset?)null), ("orders", second.Revision, 9, null), ("invoices", second.Revision, 9, null)]);
        usage[^1].Revision.Should().Be(first.Revision, "the latest use comes first");
    }

    [Fact]
    public async Task GetUsageAsync_AfterARefusal_SaysWhen()
    {
        Network.Answer = static (_, response) => response.StatusCode = (int)HttpStatusCode.Unauthorized;
        await using var services = Services();
        var vault = services.GetRequiredService<IAccountVault>();
        await vault.SaveAsync(Bearer("crm"));

        await SendAsync(services, "orders");

        (await vault.GetUsageAsync("crm")).Should().ContainSingle().Which.LastRefusedAt.Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public async Task GetUsageAsync_OfAnotherProgramOnTheSameStore_SeesWhatWasSaved()
    {
        await using var services = Services();
        await using var other = Services();
        await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");
        await SendAsync(other, "invoices");
        await services.GetRequiredService<UsageLedger>().SaveAsync(CancellationToken.None);
        await other.GetRequiredService<UsageLedger>().SaveAsync(CancellationToken.None);
        await using var third = Services();

        var usage = await third.GetRequiredService<IAccountVault>().GetUsageAsync("crm");

        usage.Select(static use => use.Client).Should().BeEquivalentTo("orders", "invoices");
    }

    [Fact]
    public async Task DisposeAsync_OfAProgram_SavesWhatItNoted()
    {
        await using (var services = Services())
        {
            await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm"));
            await SendAsync(services, "orders");
        }

        await using var other = Services();
        (await other.GetRequiredService<IAccountVault>().GetUsageAsync("crm")).Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_ManyTimes_WritesOnceAMinute()
    {
        await using var services = Services();
        await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm"));
        var before = _store.Writes;

        for (var i = 0; i < 50; i++)
        {
            await SendAsync(services, "orders");
            _time.Advance(TimeSpan.FromSeconds(2)); // a hundred seconds in all
        }

        await services.GetRequiredService<UsageLedger>().SaveAsync(CancellationToken.None);
        (_store.Writes - before).Should().BeInRange(1, 3);
    }

    [Fact]
    public async Task SaveAsync_WithAStoreThatFails_TriesAgainWithTheNext()
    {
        await using var services = Services();
        await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");
        _store.IsDown = true;
        await services.GetRequiredService<UsageLedger>().SaveAsync(CancellationToken.None);
        _store.IsDown = false;

        await services.GetRequiredService<UsageLedger>().SaveAsync(CancellationToken.None);

        await using var other = Services();
        (await other.GetRequiredService<IAccountVault>().GetUsageAsync("crm")).Should().ContainSingle();
    }

    [Fact]
    public async Task DeleteAsync_OfAnAccountUsedLately_IsRefusedUnlessForced()
    {
        await using var services = Services();
        var vault = services.GetRequiredService<IAccountVault>();
        var saved = await vault.SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");

        var delete = () => vault.DeleteAsync("crm").AsTask();

        var refusal = (await delete.Should().ThrowAsync<AccountInUseException>()).Which;
        refusal.Usage.Should().ContainSingle().Which.Client.Should().Be("orders");
        refusal.Message.Should().Contain("'orders'");
        (await vault.ExistsAsync("crm")).Should().BeTrue();

        (await vault.DeleteAsync("crm", new AccountDeleteOptions { EvenIfInUse = true })).Should().BeTrue();
        (await vault.GetUsageAsync("crm")).Should().BeEmpty();
        await vault.RollbackAsync("crm", saved.Revision);
        (await vault.ExistsAsync("crm")).Should().BeTrue("a delete is undone within the retention");
    }

    [Fact]
    public async Task DeleteAsync_OfAnAccountThatNobodyUsedForADay_Deletes()
    {
        await using var services = Services();
        var vault = services.GetRequiredService<IAccountVault>();
        await vault.SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");
        _time.Advance(TimeSpan.FromDays(1));

        (await vault.DeleteAsync("crm")).Should().BeTrue();
    }

    [Fact]
    public async Task NoteUse_OfAScopesAccount_NotesNothing()
    {
        await using var services = Services();
        using var scope = services.GetRequiredService<IAccountVault>().BeginScope();
        scope.Set(Bearer("crm"));

        await SendAsync(services, "orders");

        services.GetRequiredService<UsageLedger>().Count.Should().Be(0);
    }

    [Fact]
    public async Task SaveAsync_OfWhatNobodyUsedForAnHour_LetsItGoFromMemory()
    {
        await using var services = Services();
        await services.GetRequiredService<IAccountVault>().SaveAsync(Bearer("crm"));
        await SendAsync(services, "orders");
        var ledger = services.GetRequiredService<UsageLedger>();
        await ledger.SaveAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(61));

        await ledger.SaveAsync(CancellationToken.None);

        ledger.Count.Should().Be(0);
        (await services.GetRequiredService<IAccountVault>().GetUsageAsync("crm")).Should().ContainSingle("the store has it");
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseStore(_ => _store).UseKeyRing(Key);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time));
        foreach (var client in new[] { "orders", "invoices" })
        {
            services.AddHttpClient(client).UseAccount("crm").ConfigurePrimaryHttpMessageHandler(Network.CreateHandler);
        }

        return services.BuildServiceProvider();
    }

    private static readonly KeyRing Key = KeyRing.Parse(KeyRing.NewKeyText());

    private static async Task SendAsync(ServiceProvider services, string client)
    {
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(client);
        using var response = await http.GetAsync("https://api.example/path");
    }
}
