using System.Net;

namespace Digibee.Accounts;

/// <summary>Our redirects against those of SocketsHttpHandler itself: the same requests arrive and the same answer comes back, but for what an account's safety asks.</summary>
public sealed class RedirectOracleTests : NetworkTest
{
    public static TheoryData<int, string, bool> Methods => new MatrixTheoryData<int, string, bool>(
        [300, 301, 302, 303, 304, 305, 307, 308], ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"], [false, true]);

    public static TheoryData<string> Locations =>
    [
        "", " ", "/next", "next", "?q=1", "//api.example/next", "https://api.example/next", "HTTPS://API.EXAMPLE/next", "https://api.example:443/next", "/a/../next", "/n%65xt", "/n%C3%A4xt?%E4", "#only",
        "/next#theirs", "https://other.example/next", "https://other.example:8443/next", "http://api.example/next", "ftp://api.example/next", "mailto:a@b", "data:text/plain,x", "https://", "http://[", "https://a b/",
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Redirect_OfAnyMethod_SendsWhatThePlatformWouldSend(int status, string method, bool synchronously)
    {
        Network.Redirect("/first", status, "/next");
        using var body = new StringContent("body");

        await CompareAsync(() => new HttpRequestMessage(new HttpMethod(method), "https://api.example/first") { Content = method is "GET" or "HEAD" ? null : body }, synchronously);
    }

    [Theory]
    [MemberData(nameof(Locations))]
    public async Task Redirect_ToAnyLocation_GoesWhereThePlatformWouldGo(string location)
    {
        Network.Answer = (request, response) =>
        {
            if (request.Target.StartsWith("/first", StringComparison.Ordinal))
            {
                response.StatusCode = 302;
                response.Headers.Location = location;
            }
        };

        await CompareAsync(static () => new HttpRequestMessage(HttpMethod.Get, "https://api.example/first?a=1#mine"), synchronously: false);
    }

    [Theory]
    [InlineData("http://api.example/first", "https://api.example/next")]
    [InlineData("http://api.example/first", "http://other.example/next")]
    [InlineData("http://api.example/first", "//other.example/next")]
    public async Task Redirect_FromClearText_GoesWhereThePlatformWouldGo(string uri, string location)
    {
        Network.Redirect("/first", 301, location);

        await CompareAsync(() => new HttpRequestMessage(HttpMethod.Get, uri), synchronously: false);
    }

    [Fact]
    public async Task Redirect_OverSeveralHops_SendsWhatThePlatformWouldSend()
    {
        Network.Redirect("/first", 307, "/second?x=1");
        Network.Redirect("/second", 303, "../third");
        Network.Redirect("/third", 308, "https://other.example/fourth");
        using var body = new StringContent("body");

        await CompareAsync(() => new HttpRequestMessage(HttpMethod.Put, "https://api.example/first") { Content = body }, synchronously: false);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Redirect_InALoop_EndsWhereThePlatformWouldEnd(int limit)
    {
        Network.Redirect("/first", 302, "/first");

        await CompareAsync(static () => new HttpRequestMessage(HttpMethod.Get, "https://api.example/first"), synchronously: false, limit);
    }

    [Fact]
    public async Task Redirect_OfAChunkedBodyThatBecomesAGet_SendsWhatThePlatformWouldSend()
    {
        Network.Redirect("/first", 302, "/next");

        await CompareAsync(
            static () => new HttpRequestMessage(HttpMethod.Post, "https://api.example/first") { Content = new StreamContent(new UnseekableStream("body"u8.ToArray())), Headers = { TransferEncodingChunked = true } },
            synchronously: false);
    }

    [Fact]
    public async Task Redirect_WithUserInformationInTheLocation_IsReturned()
    {
        Network.Redirect("/first", 302, "https://user:password@api.example/next");
        await using var accounts = TestAccounts.Create();
        using var client = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first");

        response.StatusCode.Should().Be(HttpStatusCode.Found);
        Network.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("//")]
    [InlineData("http:next")]
    public async Task Redirect_ToALocationOnWhichThePlatformThrows_IsReturned(string location)
    {
        Network.Redirect("/first", 302, location);
        await using var accounts = TestAccounts.Create();
        using var plain = new HttpClient(Network.CreateHandler());
        using var client = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));

        await plain.Invoking(static c => c.GetAsync("https://api.example/first")).Should().ThrowAsync<UriFormatException>();
        using var response = await client.GetAsync("https://api.example/first");

        response.StatusCode.Should().Be(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    public async Task Redirect_WithoutALocation_IsReturned(int status)
    {
        Network.Answer = (_, response) => response.StatusCode = status;

        await CompareAsync(static () => new HttpRequestMessage(HttpMethod.Get, "https://api.example/first"), synchronously: false);
    }

    // Through a client without accounts, which follows every redirect as the platform does.
    private async Task CompareAsync(Func<HttpRequestMessage> message, bool synchronously, int limit = 50)
    {
        await using var accounts = TestAccounts.Create();
        var oracle = await OutcomeAsync(static handler => handler, message(), synchronously, limit);
        var received = Network.Requests.Count;
        using var ownMessage = message();
        var before = ownMessage.ToString();
        var ours = await OutcomeAsync(handler => accounts.CreateHandler([], handler), ownMessage, synchronously, limit);

        ours.Should().Be(oracle);
        Network.Requests.Skip(received).Select(static request => request.ToString()).Should().Equal(Network.Requests.Take(received).Select(static request => request.ToString()));
        ownMessage.ToString().Should().Be(before);
    }

    private async Task<string> OutcomeAsync(Func<HttpMessageHandler, HttpMessageHandler> wrap, HttpRequestMessage message, bool synchronously, int limit)
    {
        var primary = Network.CreateHandler();
        primary.MaxAutomaticRedirections = limit;
        using var client = new HttpClient(wrap(primary));
        using var response = await client.SendAsync(message, synchronously);
        return $"{(int)response.StatusCode} {response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.AbsoluteUri} {response.RequestMessage.Version}";
    }
}
