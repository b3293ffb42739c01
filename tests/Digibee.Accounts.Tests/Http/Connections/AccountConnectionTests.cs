using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Which requests go over whose connections.</summary>
public sealed class AccountConnectionTests : MutualTlsTest
{
    [Fact]
    public async Task SendAsync_OfOneAccountAgain_UsesItsConnectionAgain()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(Server.CreateHandler());

        await SendAsync(client, "a");
        await SendAsync(client, "a");

        Server.Connections.Should().Be(1);
        Pool.Live.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WithoutTheAccount_PresentsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(Server.CreateHandler());

        var with = await SendAsync(client, "a");
        using var response = await client.GetAsync("https://api.example/");

        with.Should().Be("CN=a");
        response.Headers.GetValues("X-Identity").Should().Equal("nobody");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_OfTwoAccountsInterleaved_HasTheRightIdentityEachTime(string version)
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        await Vault.SaveAsync(TestMutualTls.Account("b", "CN=b"));
        using var client = Services.CreateClient("mtls");
        var wrong = 0;

        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var account = number % 2 == 0 ? "a" : "b";
            if (await SendAsync(client, account, Version.Parse(version)) != $"CN={account}")
            {
                Interlocked.Increment(ref wrong);
            }
        });

        wrong.Should().Be(0);
        Server.Requests.Should().HaveCount(1_000);
        Server.Requests.GroupBy(static request => request.Connection, StringComparer.Ordinal).Should().OnlyContain(static connection => connection.Select(static request => request.Identity).Distinct(StringComparer.Ordinal).Count() == 1);
        Pool.Live.Should().Be(2);
    }

    [Fact]
    public async Task SendAsync_OfACertificateAndABearer_CarriesBoth()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(Server.CreateHandler(), "a", "oauth-bearer");

        using var response = await client.GetAsync("https://api.example/");

        Server.Requests.Should().ContainSingle().Which.Should().Match<TestMutualTls.SeenRequest>(static request => request.Identity == "CN=a" && request.Authorization == "Bearer " + TestAccounts.SecretText);
    }

    [Fact]
    public async Task SendAsync_OfTwoCertificates_SendsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        await Vault.SaveAsync(TestMutualTls.Account("b", "CN=b"));
        using var client = Client(Server.CreateHandler(), "a", "b");

        var sending = () => client.GetAsync("https://api.example/");

        await sending.Should().ThrowAsync<AccountValidationException>().WithMessage("*'b'*");
        Server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_OfTheSameNameInTwoScopes_KeepsThemApart()
    {
        using var client = Client(Server.CreateHandler());

        async Task<string> SendInScopeAsync(string subject)
        {
            using var scope = Vault.BeginScope();
            scope.Set(TestMutualTls.Account("a", subject));
            await SendAsync(client, "a");
            return await SendAsync(client, "a");
        }

        var identities = await Task.WhenAll(SendInScopeAsync("CN=first"), SendInScopeAsync("CN=second"));

        identities.Should().Equal("CN=first", "CN=second");
        Server.Connections.Should().Be(2);
    }

    [Theory]
    [InlineData("https://api.example/next", "CN=a")]
    [InlineData("https://other.example/next", "nobody")]
    public async Task SendAsync_OfARedirect_TakesTheCertificateToListedOriginsOnly(string target, string identity)
    {
        Server.Answer = context =>
        {
            if (context.Request.Path == "/")
            {
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = target;
            }

            return Task.CompletedTask;
        };
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(Server.CreateHandler(), "a");

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Server.Requests.Select(static request => request.Identity).Should().Equal("CN=a", identity);
    }

    [Fact]
    public async Task SendAsync_ThroughAClassicHandler_SendsNothingAndSaysWhatToWrite()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(new HttpClientHandler());

        var sending = () => SendAsync(client, "a");

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*'a'*'by-hand'*HttpClientHandler*ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler*");
        Pool.Live.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_ThroughAHandlerOfTheUsersBelow_SendsNothingAndSaysWhereItBelongs()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = Client(new Passing { InnerHandler = Server.CreateHandler() });

        var sending = () => SendAsync(client, "a");

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*Passing*AddHttpMessageHandler*");
        Server.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_OfAHandlerThatWasChangedAfterItsFirstRequest_SendsNothing()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        await Vault.SaveAsync(TestMutualTls.Account("b", "CN=b"));
        var handler = Server.CreateHandler();
        using var client = Client(handler);
        await SendAsync(client, "a");

        // It has not sent by itself, so that the platform still lets it be changed.
        handler.AllowAutoRedirect = true;
        var sending = () => SendAsync(client, "b");

        await sending.Should().ThrowAsync<AccountUnavailableException>().WithMessage("*changed after it was taken over*");
    }

    [Fact]
    public async Task Dispose_OfTheClient_ClosesTheConnectionsOfItsAccounts()
    {
        await Vault.SaveAsync(TestMutualTls.Account("a", "CN=a"));
        var client = Client(Server.CreateHandler());
        var other = Client(Server.CreateHandler());
        await SendAsync(client, "a");
        await SendAsync(other, "a");

        client.Dispose();

        Pool.Live.Should().Be(1);
        (await SendAsync(other, "a")).Should().Be("CN=a");
        other.Dispose();
        Pool.Live.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithoutDependencyInjection_PresentsTheCertificate()
    {
        await using var accounts = await TestAccounts.CreateAsync(TestMutualTls.Account("a", "CN=a"));
        using var client = new HttpClient(accounts.CreateHandler("a", Server.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/");

        response.Headers.GetValues("X-Identity").Should().Equal("CN=a");
    }

    [Fact]
    public async Task SendAsync_OfAProofThatHoldsOnHttp11Only_SendsHttp11AndGivesTheVersionBack()
    {
        var type = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.SignIn, requiresHttp11: true));
        var account = new BasicAccount { Name = "ntlm", UserName = "u", Password = new Secret("p"), AllowedOrigins = ["https://api.example"] };
        var opened = TestSource.Opened(account);
        var pipeline = TestPipeline.Create(new TestSource((_, _, _) => new(opened)), type);
        using var client = new HttpClient(new AccountHandler(new AccountClient(pipeline, "test", ["ntlm"], configure: null), Server.CreateHandler()));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };

        using var response = await client.SendAsync(message);

        Server.Requests.Should().ContainSingle().Which.Protocol.Should().Be("HTTP/1.1");
        (message.Version, message.VersionPolicy).Should().Be((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrHigher));
    }

    [Fact]
    public async Task SendAsync_OfAnAuthenticatorThatFails_SendsNothingAndKeepsItsMessageOut()
    {
        var type = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.SignIn, static (_, _) => throw new InvalidOperationException("s3cr3t")));
        var opened = TestSource.Opened(new BasicAccount { Name = "ntlm", UserName = "u", Password = new Secret("p"), AllowedOrigins = ["https://api.example"] });
        var pipeline = TestPipeline.Create(new TestSource((_, _, _) => new(opened)), type);
        using var client = new HttpClient(new AccountHandler(new AccountClient(pipeline, "test", ["ntlm"], configure: null), Server.CreateHandler()));

        var sending = () => client.GetAsync("https://api.example/");

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which.ToString().Should().NotContain("s3cr3t");
        Server.Connections.Should().Be(0);
    }

    private sealed class Passing : DelegatingHandler;
}
