using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Over real sockets: where token requests may go.</summary>
public sealed class TokenConnectionsTests : NetworkTest
{
    [Theory]
    [InlineData("localhost", false, true)]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("localhost", true, false)]
    [InlineData("127.0.0.1", true, false)]
    [InlineData("[::ffff:127.0.0.1]", true, false)]
    public async Task SendAsync_ToLoopback_GoesThereOnlyIfTheProgramSaysSo(string host, bool isFromData, bool isReached)
    {
        using var client = Client(new DigibeeAccountsOptions());

        var (reply, error) = await SendAsync(client, host, isFromData);

        (reply is not null).Should().Be(isReached);
        Network.Requests.Should().HaveCount(isReached ? 1 : 0);
        if (!isReached)
        {
            error!.Kind.Should().Be(TokenErrorKind.Definitive);
            error.Message.Should().Contain("PrivateTokenHosts");
        }
    }

    [Fact]
    public async Task SendAsync_ToAPrivateHostThatIsListed_GoesThere()
    {
        var options = new DigibeeAccountsOptions();
        options.PrivateTokenHosts.Add("LocalHost");
        using var client = Client(options);

        (await SendAsync(client, "localhost", isFromData: true)).Reply.Should().NotBeNull();
        (await SendAsync(client, "127.0.0.1", isFromData: true)).Reply.Should().BeNull("that host is not listed");
    }

    [Theory]
    [InlineData("http://169.254.169.254/token", false)]
    [InlineData("http://api.example/token", false)]
    [InlineData("https://user@api.example/token", false)]
    [InlineData("ftp://api.example/token", false)]
    public async Task SendAsync_ToWhatIsNotConfidential_SendsNothing(string uri, bool isFromData)
    {
        using var client = Client(new DigibeeAccountsOptions());
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);

        await client.Invoking(client => client.SendAsync("a", new TokenEndpoint(new Uri(uri), isFromData), certificate: null, request, CancellationToken.None)).Should().ThrowAsync<AccountOriginException>();
    }

    [Fact]
    public async Task SendAsync_OnARedirect_GivesItBack()
    {
        Network.Redirect("/token", 307, "/elsewhere");
        using var client = Client(new DigibeeAccountsOptions());

        var (reply, _) = await SendAsync(client, "localhost", isFromData: false);

        reply!.Status.Should().Be(HttpStatusCode.TemporaryRedirect);
        Network.Request.Target.Should().Be("/token");
    }

    [Theory]
    [InlineData("https://169.254.169.254/token")]
    [InlineData("https://[fe80::1]/token")]
    [InlineData("https://[::ffff:169.254.169.254]/token")]
    public async Task SendAsync_ToALiteralThatIsNever_DoesNotReachAnyHandler(string uri)
    {
        // The handler stands for a proxy: it would send whatever it is given.
        using var endpoint = new TestTokenEndpoint();
        using var client = ClientOver(new TokenHandlerFactory(_ => endpoint));
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);

        var (reply, error) = await client.SendAsync("a", new TokenEndpoint(new Uri(uri), IsFromData: false), certificate: null, request, CancellationToken.None);

        reply.Should().BeNull();
        error!.Kind.Should().Be(TokenErrorKind.Definitive);
        endpoint.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://localhost/token")]
    [InlineData("http://127.0.0.2/token")]
    [InlineData("http://[::1]/token")]
    public void Proxy_ForLoopback_IsBypassed(string uri)
    {
        using var handler = new TokenConnections(Options.Create(new DigibeeAccountsOptions())).CreateHandler(isFromData: false);

        handler.Proxy!.IsBypassed(new Uri(uri)).Should().BeTrue();
        handler.Proxy.GetProxy(new Uri(uri)).Should().BeNull();
    }

    [Fact]
    public async Task SendAsync_ThroughAPrivateProxy_LeavesTheNameToIt()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var address = new Uri($"http://{proxy.LocalEndpoint}");
        using var client = ClientOver(new TokenHandlerFactory(isFromData =>
        {
            var handler = new TokenConnections(Options.Create(new DigibeeAccountsOptions())).CreateHandler(isFromData);
            handler.Proxy = new WebProxy(address);
            return handler;
        }));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://login.example/token");

        var sending = client.SendAsync("a", new TokenEndpoint(request.RequestUri!, IsFromData: true), certificate: null, request, CancellationToken.None);
        var accepting = proxy.AcceptTcpClientAsync();
        await Task.WhenAny(sending, accepting);

        accepting.IsCompletedSuccessfully.Should().BeTrue("the proxy's own address is not where the request goes");
        using var accepted = await accepting;
        using (var reader = new StreamReader(accepted.GetStream()))
        {
            (await reader.ReadLineAsync()).Should().Be("CONNECT login.example:443 HTTP/1.1");
        }

        (await sending).Error!.Kind.Should().Be(TokenErrorKind.Transient);
    }

    private static TokenHttpClient Client(DigibeeAccountsOptions options) => ClientOver(new TokenHandlerFactory(new TokenConnections(Options.Create(options)).CreateHandler));

    private static TokenHttpClient ClientOver(TokenHandlerFactory handlers) =>
        new(handlers, new TokenCertificates(handlers, new CertificateChainAuthenticator(TimeProvider.System)), TimeProvider.System);

    private async Task<(TokenReply? Reply, TokenError? Error)> SendAsync(TokenHttpClient client, string host, bool isFromData)
    {
        var uri = new Uri($"http://{host}:{Network.HttpPort}/token");
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);
        return await client.SendAsync("a", new TokenEndpoint(uri, isFromData), certificate: null, request, CancellationToken.None);
    }
}
