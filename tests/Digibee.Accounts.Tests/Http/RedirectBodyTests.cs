using System.Net;

namespace Digibee.Accounts;

/// <summary>What becomes of a body when its request is redirected, and of the connection that said so.</summary>
public sealed class RedirectBodyTests : NetworkTest
{
    [Theory]
    [InlineData(301, "GET")]
    [InlineData(302, "GET")]
    [InlineData(303, "GET")]
    [InlineData(307, "POST")]
    [InlineData(308, "POST")]
    public async Task Redirect_OfAPostToTheSameOrigin_FollowsTheFrameworksMethodRules(int status, string method)
    {
        Network.Redirect("/first", status, "/next");
        await using var accounts = await SaveAsync("basic", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));
        using var plain = new HttpClient(Network.CreateHandler());

        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/first") { Content = new StringContent("body") };
        using var response = await client.SendAsync(request);
        using var oracle = await plain.PostAsync("https://api.example/first", new StringContent("body"));

        Network.Requests[1].Method.Should().Be(method).And.Be(Network.Requests[3].Method, "SocketsHttpHandler is the model");
        Network.Requests[1].Body.Should().Be(method == "POST" ? "body" : "").And.Be(Network.Requests[3].Body);
        request.Method.Should().Be(HttpMethod.Post);
        request.Content.Should().NotBeNull();
        response.RequestMessage!.Method.Method.Should().Be(method);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Redirect_ThatKeepsTheBody_GoesToAnUnlistedOriginOnlyByOption(bool allowed, int expectedRequests)
    {
        Network.Redirect("/first", 307, "https://other.example/next");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", Network.CreateHandler(), options => options.SendContentToUnlistedOrigins = allowed));

        using var response = await client.PostAsync("https://api.example/first", new FormUrlEncodedContent([new("client_secret", "x")]));

        Network.Requests.Should().HaveCount(expectedRequests);
        response.StatusCode.Should().Be(allowed ? HttpStatusCode.OK : HttpStatusCode.TemporaryRedirect);
    }

    [Fact]
    public async Task Redirect_WithABodyThatCannotBeSentAgain_IsReturned()
    {
        Network.Redirect("/first", 307, "/next");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", Network.CreateHandler()));

        using var response = await client.PostAsync("https://api.example/first", new StreamContent(new UnseekableStream("body"u8.ToArray())));

        response.StatusCode.Should().Be(HttpStatusCode.TemporaryRedirect);
        Network.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Redirect_ToAListedOrigin_TakesTheBodyAlong()
    {
        Network.Redirect("/first", 307, "https://other.example/next");
        await using var accounts = await SaveAsync("basic", ["https://api.example", "https://other.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));

        using var response = await client.PostAsync("https://api.example/first", new StringContent("body"));

        Network.Requests[1].Body.Should().Be("body");
        TestAccounts.Carries(Network.Requests[1], "basic").Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task Redirect_WithABody_UsesTheConnectionAgain(int length)
    {
        Network.Redirect("/first", 302, "/second");
        Network.Redirect("/second", 302, "/third");
        Network.AnswerBody = (_, response) =>
        {
            // In one piece with the headers: else the platform drains in the background, and the next request may not wait for it.
            response.ContentLength = length;
            return response.Body.WriteAsync(new byte[length]).AsTask();
        };
        await using var accounts = await SaveAsync("basic", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));

        for (var i = 0; i < 3; i++)
        {
            using var response = await client.GetAsync("https://api.example/first");
        }

        Network.Requests.Should().HaveCount(9);
        Network.Connections.Should().Be(1);
    }

    [Fact]
    public async Task Redirect_OfARequestWithoutAccountsOnAClientWithOne_KeepsTheBody()
    {
        Network.Redirect("/first", 307, "https://other.example/next");
        await using var accounts = await SaveAsync("basic", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "https://api.example/first") { Content = new StringContent("body") }.UseAccounts());

        Network.Requests[1].Body.Should().Be("body");
    }

    private static Task<DigibeeAccounts> SaveAsync(string name, AllowedOrigins origins) =>
        TestAccounts.CreateAsync(TestAccounts.All(origins).Single(account => account.Name == name));
}
