using System.Net;

namespace Digibee.Accounts;

/// <summary>What becomes of the caller's own message and wishes when it is redirected.</summary>
public sealed class RedirectMessageTests : NetworkTest
{
    [Fact]
    public async Task Redirect_WhenTheUsersHandlerWouldNotHaveFollowedIt_IsReturned()
    {
        Network.Redirect("/first", 302, "/next");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example"]);
        var primary = Network.CreateHandler();
        primary.AllowAutoRedirect = false;
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", primary));

        using var response = await client.GetAsync("https://api.example/first");

        response.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Redirect_MoreOftenThanTheUsersLimit_ReturnsTheLastRedirect()
    {
        Network.Redirect("/first", 302, "/first");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example"]);
        var primary = Network.CreateHandler();
        primary.MaxAutomaticRedirections = 3;
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", primary));

        using var response = await client.GetAsync("https://api.example/first");

        response.StatusCode.Should().Be(HttpStatusCode.Found);
        Network.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Redirect_ToAnotherOrigin_DropsTheCallersOwnCredentials()
    {
        Network.Redirect("/first", 302, "https://other.example/next");
        await using var accounts = await SaveAsync("api-key-header", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("api-key-header", Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/first");
        request.Headers.Add("Cookie", "mine=1");
        request.Headers.Add("Proxy-Authorization", "Basic eA==");
        request.Headers.Add("Authorization", "Custom mine");

        using var response = await client.SendAsync(request);

        Network.Requests[1].Headers.Keys.Should().NotContain(["Cookie", "Proxy-Authorization", "Authorization"]);
        request.Headers.GetValues("Cookie").Should().Equal("mine=1");
        request.Headers.Authorization!.ToString().Should().Be("Custom mine");
    }

    [Fact]
    public async Task Redirect_ToAnotherOrigin_DropsTheCallersHostHeader()
    {
        Network.Redirect("/first", 302, "https://other.example/next");
        await using var accounts = await SaveAsync("basic", ["https://api.example", "https://virtual.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/first") { Headers = { Host = "virtual.example" } };

        using var response = await client.SendAsync(request);

        Network.Requests.Select(static received => received.Host).Should().Equal("virtual.example", "other.example");
        request.Headers.Host.Should().Be("virtual.example");
    }

    [Fact]
    public async Task Redirect_WhoseSecondHopFails_LeavesTheMessageAsItCame()
    {
        Network.Redirect("/first", 302, "https://other.example/next");
        await using var accounts = await SaveAsync("api-key-query", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("api-key-query", Network.CreateHandler()));
        using var cancellation = new CancellationTokenSource();
        Network.AnswerBody = (request, response) =>
        {
            if (request.Host == "other.example")
            {
                cancellation.Cancel();
                response.HttpContext.Abort();
            }

            return Task.CompletedTask;
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/first?a=1") { Content = new ByteArrayContent("body"u8.ToArray()) { Headers = { ContentLength = 4 } } };
        request.Headers.Add("Cookie", ["a=1", "b=2"]);
        var before = request.ToString();

        var sending = () => client.SendAsync(request, cancellation.Token);

        await sending.Should().ThrowAsync<Exception>();
        Network.Requests.Should().HaveCount(2);
        request.ToString().Should().Be(before);
        request.Headers.NonValidated["Cookie"].Should().Equal("a=1", "b=2");
        (await request.Content.ReadAsStringAsync()).Should().Be("body");
    }

    [Fact]
    public async Task Redirect_ToAnotherOrigin_DropsWhatTheCallerHadUnderTheAccountsHeader()
    {
        Network.Redirect("/first", 302, "https://other.example/next");
        await using var accounts = await SaveAsync("api-key-header", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("api-key-header", Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/first");
        request.Headers.Add("X-Api-Key", "the-old-key");
        request.Headers.Add("X-Mine", "1");

        using var response = await client.SendAsync(request);

        Network.Requests[1].Headers.Keys.Should().Contain("X-Mine").And.NotContain("X-Api-Key");
        request.Headers.GetValues("X-Api-Key").Should().Equal("the-old-key");
    }

    [Fact]
    public async Task Redirect_ThatEchoesTheQueryKey_CarriesItsFragment()
    {
        await using var accounts = await SaveAsync("api-key-query", ["https://api.example"]);
        Network.Answer = static (request, response) =>
        {
            if (request.Target.StartsWith("/first", StringComparison.Ordinal))
            {
                response.StatusCode = 302;
                response.Headers.Location = "/next?" + request.Target.Split('?')[1] + "#part";
            }
        };
        using var client = new HttpClient(accounts.CreateHandler("api-key-query", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first?a=1");

        response.RequestMessage!.RequestUri!.AbsoluteUri.Should().Be("https://api.example/next?a=1#part");
    }

    private static Task<DigibeeAccounts> SaveAsync(string name, AllowedOrigins origins) =>
        TestAccounts.CreateAsync(TestAccounts.All(origins).Single(account => account.Name == name));
}
