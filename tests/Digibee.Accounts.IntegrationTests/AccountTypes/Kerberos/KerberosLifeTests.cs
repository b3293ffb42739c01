using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Tickets that end, keys that change and KDCs that come and go, while requests go on.</summary>
public sealed class KerberosLifeTests
{
    [Fact]
    public async Task Requests_WhileTheKdcIsDown_LiveOnTicketsAndGoOnAfterIt()
    {
        await using var realm = await KerberosTestRealm.StartAsync();
        await using var one = await AccountHttpClient.CreateAsync(realm.Account("svc-one"));
        await using var two = await AccountHttpClient.CreateAsync(realm.Account("svc-two"));
        await AssertUserAsync(one, realm, "svc-one");

        await realm.StopKdcAsync();

        await AssertUserAsync(one, realm, "svc-one");
        await two.Awaiting(two => two.Http.GetAsync(realm.Url)).Should().ThrowAsync<AccountUnavailableException>();
        await realm.StartKdcAsync();
        await AssertUserAsync(two, realm, "svc-two");
    }

    [Fact]
    public async Task Requests_WhileTheKeyIsChanged_AreTakenWithEitherVersion()
    {
        await using var realm = await KerberosTestRealm.StartAsync();
        var old = realm.Account("svc-one");
        await using var accounts = await AccountHttpClient.CreateAsync(old);
        await AssertUserAsync(accounts, realm, "svc-one");

        // The keytab gets the new version beside the old one, and so does the KDC; then an account with both is saved.
        await realm.WriteKeytabAsync("svc-one");
        var both = realm.Account("svc-one");
        both.Keytab.Should().NotBe(old.Keytab);
        await AssertUserAsync(accounts, realm, "svc-one");
        await accounts.Vault.SaveAsync(both);
        await AssertUserAsync(accounts, realm, "svc-one");
        (await SummaryAsync(accounts)).Facts["keyVersion"].Should().Be(await VersionAsync(realm, "svc-one"));
    }

    [Fact]
    public async Task Requests_BeforeTheKdcHasTheNewKey_AreTakenWithTheOldOne()
    {
        await using var realm = await KerberosTestRealm.StartAsync();
        File.Copy($"{realm.Folder}/principal", $"{realm.Folder}/principal.before");
        await realm.WriteKeytabAsync("svc-one");
        var both = realm.Account("svc-one");

        // A KDC that has not heard of the change yet: its database is that of before.
        File.Copy($"{realm.Folder}/principal.before", $"{realm.Folder}/principal", overwrite: true);
        await using var accounts = await AccountHttpClient.CreateAsync(both);

        await AssertUserAsync(accounts, realm, "svc-one");
        (await File.ReadAllTextAsync($"{realm.Folder}/kdc.log")).Should().Contain(" PREAUTH_FAILED: svc-one@", "the newest key was tried first");
    }

    // A ticket that was got just now is not replaced: another would be refused for the same reason.
    [Theory]
    [InlineData(0, HttpStatusCode.Unauthorized)]
    [InlineData(2, HttpStatusCode.OK)]
    public async Task Request_AfterTheServiceGotANewKey_IsRepeatedWithANewTicketIfTheOldOneHasAged(int minutes, HttpStatusCode expected)
    {
        await using var realm = await KerberosTestRealm.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var accounts = await AccountHttpClient.CreateAsync(realm.Account("svc-one"), time);
        await AssertUserAsync(accounts, realm, "svc-one");

        // Only the new key is left in the service's keytab.
        File.Delete($"{realm.Folder}/HTTP-localhost.keytab");
        await realm.AdministerAsync($"ktadd -k {realm.Folder}/HTTP-localhost.keytab HTTP/localhost");
        if (Environment.UserName == "root")
        {
            await realm.RunAsync("chown", "www-data", $"{realm.Folder}/HTTP-localhost.keytab");
        }

        time.Advance(TimeSpan.FromMinutes(minutes));
        using var response = await accounts.Http.GetAsync(realm.Url);

        response.StatusCode.Should().Be(expected);
        (response.GetAccountRefusal() is null).Should().Be(expected == HttpStatusCode.OK);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Requests_OverManyLivesOfATicket_NeverMeetItsEnd()
    {
        await using var realm = await KerberosTestRealm.StartAsync(ticketLife: "5s");
        await using var accounts = await AccountHttpClient.CreateAsync(realm.Account("svc-one"));
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(16));

        while (!end.IsCancellationRequested)
        {
            await AssertUserAsync(accounts, realm, "svc-one");
            await Task.Delay(100);
        }

        realm.Issued("AS_REQ").Should().BeInRange(3, 8);
        realm.Issued("TGS_REQ").Should().BeInRange(3, 8);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Requests_OfTwoPrincipalsAThousandTimes_AreEachTheirOwn()
    {
        await using var realm = await KerberosTestRealm.StartAsync();
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("client").UseAccounts().ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false });
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IAccountVault>().SaveAsync(realm.Account("svc-one"));
        await provider.GetRequiredService<IAccountVault>().SaveAsync(realm.Account("svc-two"));
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client");

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, token) =>
        {
            var name = n % 2 == 0 ? "svc-one" : "svc-two";
            using var request = new HttpRequestMessage(HttpMethod.Get, realm.Url);
            request.UseAccount(name);
            using var response = await client.SendAsync(request, token);
            response.Headers.GetValues("X-User").Should().Equal($"{name}@{realm.Name}");
        });

        realm.Issued("AS_REQ").Should().Be(2);
    }

    private static async Task AssertUserAsync(AccountHttpClient accounts, KerberosTestRealm realm, string name)
    {
        using var response = await accounts.Http.GetAsync(realm.Url);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-User").Should().Equal($"{name}@{realm.Name}");
    }

    private static async Task<AccountSummary> SummaryAsync(AccountHttpClient accounts)
    {
        await foreach (var summary in accounts.Vault.ListAsync())
        {
            return summary;
        }

        throw new InvalidOperationException("No account.");
    }

    // As kvno of MIT Kerberos reads it from a ticket.
    private static async Task<string> VersionAsync(KerberosTestRealm realm, string name)
    {
        var cache = $"FILE:{realm.Folder}/kvno-cache";
        await realm.RunAsync("kinit", "-c", cache, "-k", "-t", $"{realm.Folder}/{name}.keytab", name);
        return (await realm.RunAsync("kvno", "-c", cache, name)).Split("kvno = ")[1].Trim();
    }
}
