using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A certificate is replaced while the work goes on.</summary>
public sealed class ConnectionRotationTests : MutualTlsTest
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_AfterASavedChange_UsesTheNewCertificateOnAConnectionOfItsOwn(string version)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=before"));
        using var client = Services.CreateClient("mtls");
        var before = await SendAsync(client, "a", Version.Parse(version));

        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=after"));
        var after = await SendAsync(client, "a", Version.Parse(version));

        (before, after).Should().Be(("CN=before", "CN=after"));
        Server.Requests.Select(static request => request.Connection).Should().OnlyHaveUniqueItems();
        await VaultFixture.Eventually(() => Pool.Live == 1 && Server.OpenConnections == 1);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_ThatIsUnderWayAtARotation_EndsAsWhatItBegan(string version)
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        Server.Answer = async context =>
        {
            if (context.Connection.ClientCertificate!.Subject == "CN=before")
            {
                arrived.SetResult();
                await answer.Task;
            }
        };
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=before"));
        using var client = Services.CreateClient("mtls");

        var before = SendAsync(client, "a", Version.Parse(version));
        await arrived.Task;
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=after"));
        var after = await SendAsync(client, "a", Version.Parse(version));
        var whileSending = Pool.Live;
        answer.SetResult();

        (await before, after).Should().Be(("CN=before", "CN=after"));
        whileSending.Should().Be(2);
        await VaultFixture.Eventually(() => Pool.Live == 1);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_WhoseBodyIsStillReadAtARotation_CanBeReadToItsEnd(string version)
    {
        var rest = new TaskCompletionSource();
        var start = Encoding.ASCII.GetBytes(new string('a', 10_000));
        var end = Encoding.ASCII.GetBytes(new string('b', 1_000_000));
        Server.Answer = async context =>
        {
            if (context.Connection.ClientCertificate!.Subject == "CN=before")
            {
                await context.Response.Body.WriteAsync(start);
                await context.Response.Body.FlushAsync();
                await rest.Task;
                await context.Response.Body.WriteAsync(end);
            }
        };
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=before"));
        using var client = Services.CreateClient("mtls");
        using var message = Message("a", Version.Parse(version));
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);

        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=after"));
        await SendAsync(client, "a", Version.Parse(version));
        await VaultFixture.Eventually(() => Pool.Live == 1);
        rest.SetResult();
        var body = await response.Content.ReadAsByteArrayAsync();

        body.Should().HaveCount(start.Length + end.Length);
    }

    [Fact]
    public async Task SendAsync_AfterTheAccountWasDeleted_SendsNothingMore()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Services.CreateClient("mtls");
        await SendAsync(client, "a");

        await Vault.DeleteAsync("a", new AccountDeleteOptions { EvenIfInUse = true });
        var sending = () => SendAsync(client, "a");

        await sending.Should().ThrowAsync<AccountNotFoundException>();
        Server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task DeleteAsync_OfAnAccountWithIdleConnections_ClosesThemAtOnce(string version)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        await Vault.SaveAsync(TestMutualTls.Account("b", "CN=b"));
        using var client = Services.CreateClient("mtls");
        await SendAsync(client, "a", Version.Parse(version));
        await SendAsync(client, "b", Version.Parse(version));

        await Vault.DeleteAsync("a", new AccountDeleteOptions { EvenIfInUse = true });

        await VaultFixture.Eventually(() => Server.OpenConnections == 1);
        (await SendAsync(client, "b", Version.Parse(version))).Should().Be("CN=b");
        (Server.Connections, Pool.Live).Should().Be((2, 1));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task DeleteAsync_WhileASendIsUnderWay_ClosesItsConnectionWhenItHasEnded(string version)
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        Server.Answer = async _ =>
        {
            arrived.SetResult();
            await answer.Task;
        };
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Services.CreateClient("mtls");

        var sending = SendAsync(client, "a", Version.Parse(version));
        await arrived.Task;
        await Vault.DeleteAsync("a", new AccountDeleteOptions { EvenIfInUse = true });
        answer.SetResult();

        (await sending).Should().Be("CN=a");
        await VaultFixture.Eventually(() => Server.OpenConnections == 0);
        await VaultFixture.Eventually(() => Pool.Live == 0);
    }

    [Fact]
    public async Task Dispose_OfAScope_ClosesTheConnectionsOfItsAccounts()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=stored"));
        using var client = Services.CreateClient("mtls");
        await SendAsync(client, "a");
        var scope = Vault.BeginScope();
        scope.Set(TestMutualTls.Account("a", "CN=scoped"));
        var inScope = await SendAsync(client, "a");
        var open = Server.OpenConnections;

        scope.Dispose();

        (inScope, open).Should().Be(("CN=scoped", 2));
        await VaultFixture.Eventually(() => Server.OpenConnections == 1);
        (await SendAsync(client, "a")).Should().Be("CN=stored");
        Server.Connections.Should().Be(2);
    }

    [Fact]
    public async Task RefreshAsync_OfABackupThatWasRestored_UsesTheOlderCertificateOnOneConnection()
    {
        var rows = new InMemoryAccountStore();
        var store = new TroubledStore(rows);
        await using var accounts = DigibeeAccounts.Create(builder =>
            builder.Configure(static options => options.Environment = "test").UseStore(store).UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
        await accounts.Vault.SaveAsync(TestMutualTls.Account("a", "CN=old"));
        var backup = await rows.GetAsync(VaultFixture.KeyOf("a"));
        await accounts.Vault.SaveAsync(TestMutualTls.Account("a", "CN=new"));
        using var client = new HttpClient(accounts.CreateHandler("a", Server.CreateHandler()));
        using var before = await client.GetAsync("https://api.example/");
        store.Tamper = _ => backup;
        await accounts.Vault.RefreshAsync("a");
        var connectionsBefore = Server.Connections;

        var identities = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await client.GetAsync("https://api.example/");
            identities.Add(response.Headers.GetValues("X-Identity").Single());
        }

        before.Headers.GetValues("X-Identity").Should().Equal("CN=new");
        identities.Should().HaveCount(5).And.OnlyContain(static identity => identity == "CN=old");
        (Server.Connections - connectionsBefore).Should().Be(1);
        await VaultFixture.Eventually(() => Server.OpenConnections == 1);
    }

    [Fact]
    public Task SendAsync_ThroughAHundredRotations_NeverFailsNorUsesAnOldCertificateAndLeavesNothing() => RotateAsync(100);

    [Fact]
    [Trait("Category", "Slow")]
    public Task SendAsync_ThroughTenThousandRotations_NeverFailsNorUsesAnOldCertificateAndLeavesNothing() => RotateAsync(10_000);

    private async Task RotateAsync(int rotations)
    {
        const int Certificates = 8;
        var accounts = Enumerable.Range(0, Certificates).Select(static number => TestMutualTls.Account("a", $"CN={number}")).ToArray();
        await Vault.SaveAsync(accounts[0]);
        using var client = Services.CreateClient("mtls");
        using var stop = new CancellationTokenSource();
        var most = 0;
        var old = 0;

        // They fail the test when one request fails.
        var others = Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            var sent = 0;
            for (; !stop.IsCancellationRequested; sent++)
            {
                await SendAsync(client, "a", worker == 0 ? HttpVersion.Version20 : HttpVersion.Version11);
            }

            return sent;
        })).ToArray();
        for (var rotation = 1; rotation <= rotations; rotation++)
        {
            await Vault.SaveAsync(accounts[rotation % Certificates]);
            if (await SendAsync(client, "a") != $"CN={rotation % Certificates}")
            {
                old++;
            }

            most = Math.Max(most, Pool.Live);
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(others);
        await SendAsync(client, "a");

        old.Should().Be(0);
        counts.Should().OnlyContain(static count => count > 0);

        // The one in force, one at most for each of the four that send, and those that are being closed.
        most.Should().BeLessThanOrEqualTo(10);
        await VaultFixture.Eventually(() => Pool.Live == 1);

        // Those of one copy, and none of the others.
        await VaultFixture.Eventually(() => Server.OpenConnections <= 10);
    }
}
