using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

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
        Pool.Live.Should().Be(1);
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
        (whileSending, Pool.Live).Should().Be((2, 1));
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
        var live = Pool.Live;
        rest.SetResult();
        var body = await response.Content.ReadAsByteArrayAsync();

        live.Should().Be(1);
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

        // The one in force, and one at most for each of the four that send.
        most.Should().BeLessThanOrEqualTo(5);
        Pool.Live.Should().Be(1);
    }
}
