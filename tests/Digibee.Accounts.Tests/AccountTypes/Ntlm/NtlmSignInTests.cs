using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>How connections are signed in, and what goes over them then.</summary>
public sealed class NtlmSignInTests
{
    [Fact]
    public async Task Get_OverANewConnection_SignsItInOnceAndSendsRequestsBare()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        var first = await client.Http.GetStringAsync(server.Uri);
        var second = await client.Http.GetStringAsync(server.Uri);

        (first, second).Should().Be((@"user=CORP\user", @"user=CORP\user"));
        server.Requests.Select(static request => (request.Connection, request.Head[..6], NtlmTestServer.MessageType(request.Head)))
            .Should().Equal((1, "HEAD /", 1), (1, "HEAD /", 3), (1, "HEAD /", 0), (1, "GET / ", 0), (1, "GET / ", 0));
        server.Requests.Should().OnlyContain(request => request.Head.Contains($"\r\nHost: {server.Uri.Authority}\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Get_OverTlsOrInClear_BindsTheSignInToTheConnectionAndTheService(bool tls)
    {
        using var certificate = TestCertificates.SelfSigned("CN=localhost");
        await using var server = NtlmTestServer.Start(tls ? certificate : null);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.Equals(presented);
        await using var client = await NtlmTestClient.CreateAsync(server.Account, handler: handler);
        var bindings = new byte[NtlmHash.Length];
        if (tls)
        {
            NtlmChannelBindings.Hash((byte[])[.. "tls-server-end-point:"u8, .. SHA256.HashData(certificate.RawData)], bindings);
        }

        await client.Http.GetStringAsync(server.Uri);

        var message = server.Requests.Select(static request => NtlmTestServer.Token(request.Head)).Single(static token => token is [_, _, _, _, _, _, _, _, 3, ..])!;
        var sent = Convert.ToHexStringLower(NtlmTestFields.NtResponse(message));
        sent.Should().Contain($"0a001000{Convert.ToHexStringLower(bindings)}");
        sent.Should().Contain($"09001c00{Convert.ToHexStringLower(Encoding.Unicode.GetBytes("HTTP/localhost"))}");
        sent.Should().Contain("0600040002000000");
    }

    [Fact]
    public async Task Get_AskingForHttp2_GoesOverHttp11AndKeepsWhatItAskedFor()
    {
        using var certificate = TestCertificates.SelfSigned("CN=localhost");
        await using var server = NtlmTestServer.Start(certificate);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.Equals(presented);
        await using var client = await NtlmTestClient.CreateAsync(server.Account, handler: handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };

        using var response = await client.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Be(@"user=CORP\user");
        (request.Version, request.VersionPolicy).Should().Be((HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrHigher));
    }

    [Fact]
    public async Task Get_WithAHostHeader_NamesThatHostAsTheService()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(
            server.Account with { AllowedOrigins = [.. server.Account.AllowedOrigins, $"http://intranet.example:{server.Uri.Port}"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Uri) { Headers = { Host = "intranet.example" } };

        using var response = await client.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        server.Requests.Should().OnlyContain(static request => request.Head.Contains("\r\nHost: intranet.example\r\n", StringComparison.Ordinal));
        var message = server.Requests.Select(static request => NtlmTestServer.Token(request.Head)).Single(static token => token is [_, _, _, _, _, _, _, _, 3, ..])!;
        Convert.ToHexStringLower(NtlmTestFields.NtResponse(message)).Should().Contain(Convert.ToHexStringLower(Encoding.Unicode.GetBytes("HTTP/intranet.example")));
    }

    [Fact]
    public async Task Get_OverASecondConnection_TakesTwoRequestsToSignIn()
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = static (connection, head) => Closing(connection, head);
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        await client.Http.GetStringAsync(server.Uri);
        await client.Http.GetStringAsync(server.Uri);

        server.Requests.Where(static request => request.Connection == 2).Select(static request => NtlmTestServer.MessageType(request.Head)).Should().Equal(1, 3, 0);
    }

    [Fact]
    public async Task Get_OnAServerThatSaysTheSignInLasts_IsNotAskedOnceMore()
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = static (connection, head) => NtlmTestServer.MessageType(head) == 3 ? SignedIn(connection, "Persistent-Auth: true\r\n") : null;
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        await client.Http.GetStringAsync(server.Uri);

        server.Requests.Select(static request => NtlmTestServer.MessageType(request.Head)).Should().Equal(1, 3, 0);
    }

    [Fact]
    public async Task Get_WithAHandshakeOfItsOwn_SendsThatAndReadsItsBodies()
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = static (connection, head) => (NtlmTestServer.MessageType(head), head.StartsWith("GET /signed/in?a=b HTTP/1.1\r\n", StringComparison.Ordinal)) switch
        {
            (_, false) => null,
            (1, _) => $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 No\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(NtlmExample.ChallengeWithTimestamp)}\r\nContent-Length: 9\r\n\r\nforbidden",
            _ => SignedIn(connection, "").Replace("Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n", StringComparison.Ordinal),
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account, static options =>
        {
            options.NtlmHandshake.Method = HttpMethod.Get;
            options.NtlmHandshake.Path = "/signed/in?a=b";
        });

        var answer = await client.Http.GetStringAsync(server.Uri);

        answer.Should().Be(@"user=CORP\user");
        server.Requests.Count(static request => request.Head.StartsWith("GET /signed/in?a=b ", StringComparison.Ordinal)).Should().Be(3);
    }

    // Who may not see the path, or has no page there, is signed in all the same.
    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(500)]
    public async Task Get_WhereTheHandshakesPathAnswersOtherwise_IsSignedIn(int status)
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = (connection, head) => head.StartsWith("HEAD", StringComparison.Ordinal) && NtlmTestServer.MessageType(head) != 1
            ? SignedIn(connection, "").Replace("200 OK", $"{status}", StringComparison.Ordinal)
            : null;
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        var answer = await client.Http.GetStringAsync(server.Uri);

        answer.Should().Be(@"user=CORP\user");
    }

    [Fact]
    public async Task Get_OfAHandlerWithAFilterOfItsOwn_RunsItFirst()
    {
        await using var server = NtlmTestServer.Start();
        var seen = new List<string>();
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.PlaintextStreamFilter = (context, _) =>
        {
            lock (seen)
            {
                seen.Add($"{server.Requests.Count} {context.InitialRequestMessage.Method}");
            }

            return ValueTask.FromResult(context.PlaintextStream);
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account, handler: handler);

        await client.Http.GetStringAsync(server.Uri);

        seen.Should().Equal("0 GET");
    }

    [Fact]
    public async Task Get_RedirectedToAnotherHost_TakesNoIdentityAlong()
    {
        await using var server = NtlmTestServer.Start();
        await using var other = NtlmTestServer.Start();
        other.Answer = static (_, _) => NtlmTestServer.Ok(body: "other");
        server.Answer = (_, head) => head.StartsWith("GET", StringComparison.Ordinal) ? $"HTTP/1.1 302 Found\r\nLocation: {other.Uri}\r\nContent-Length: 0\r\n\r\n" : null;
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        var answer = await client.Http.GetStringAsync(server.Uri);

        answer.Should().Be("other");
        other.Requests.Should().ContainSingle().Which.Head.Should().StartWith("GET / ").And.NotContain("Authorization");
    }

    // As a redirect does it when another connection has taken the message meanwhile.
    [Fact]
    public async Task Get_WhoseMessageIsTurnedToAnotherServerDuringTheConnect_SignsInWithTheNameOfItsOwn()
    {
        await using var server = NtlmTestServer.Start();
        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.PlaintextStreamFilter = static (context, _) =>
        {
            context.InitialRequestMessage.RequestUri = new Uri("http://other.example/");
            context.InitialRequestMessage.Headers.Host = "other.example";
            return ValueTask.FromResult(context.PlaintextStream);
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account, handler: handler);

        using var response = await client.Http.GetAsync(server.Uri);

        var signIn = server.Requests.Where(static request => request.Head.StartsWith("HEAD", StringComparison.Ordinal)).Select(static request => request.Head).ToArray();
        signIn.Should().HaveCount(3).And.OnlyContain(head => head.Contains($"\r\nHost: {server.Uri.Authority}\r\n", StringComparison.Ordinal));
        Convert.ToHexStringLower(NtlmTestFields.NtResponse(NtlmTestServer.Token(signIn[1])!)).Should().Contain(Convert.ToHexStringLower(Encoding.Unicode.GetBytes("HTTP/localhost")));
        client.Log.Entries.Should().ContainSingle(static entry => entry.Contains("on a new connection to localhost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_OverHttpsThroughAProxy_SignsNothingInToTheProxy()
    {
        await using var proxy = NtlmTestServer.Start();
        proxy.Answer = static (connection, _) =>
        {
            connection.IsToClose = true;
            return "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n";
        };
        await using var client = await NtlmTestClient.CreateAsync(
            proxy.Account with { AllowedOrigins = ["https://intranet.example"] }, handler: new SocketsHttpHandler { Proxy = new WebProxy(proxy.Uri) });

        await FluentActions.Awaiting(() => client.Http.GetAsync("https://intranet.example/")).Should().ThrowAsync<Exception>();

        proxy.Requests.Should().ContainSingle().Which.Head.Should().StartWith("CONNECT intranet.example:443 ").And.NotContain("Authorization");
    }

    [Fact]
    public async Task Get_OverHttpThroughAProxy_IsRefusedAndSendsNothing()
    {
        await using var proxy = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(
            proxy.Account with { AllowedOrigins = ["http://intranet.example"] }, handler: new SocketsHttpHandler { Proxy = new WebProxy(proxy.Uri) });

        var refusal = (await FluentActions.Awaiting(() => client.Http.GetAsync("http://intranet.example/")).Should().ThrowExactlyAsync<AccountUnavailableException>()).Which;

        refusal.Message.Should().Contain("proxy").And.Contain("https");
        refusal.IsTransient.Should().BeFalse();
        proxy.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Get_OfAnOriginThatTheProxyIsNotFor_IsSignedIn()
    {
        await using var server = NtlmTestServer.Start();
        await using var client = await NtlmTestClient.CreateAsync(
            server.Account, handler: new SocketsHttpHandler { Proxy = new WebProxy("http://127.0.0.1:9", BypassOnLocal: true, ["localhost"]) });

        var answer = await client.Http.GetStringAsync(server.Uri);

        answer.Should().Be(@"user=CORP\user");
    }

    [Fact]
    public async Task Get_FromASilentServer_GivesUpAfterTheHandshakesTime()
    {
        var time = new FakeTimeProvider();
        await using var server = NtlmTestServer.Start();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Answer = (_, _) =>
        {
            asked.SetResult();
            return "";
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account, static options => options.NtlmHandshake.Timeout = TimeSpan.FromSeconds(7), time: time);

        var sending = client.Http.GetAsync(server.Uri);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(7));

        var failure = (await FluentActions.Awaiting(() => sending).Should().ThrowExactlyAsync<AccountUnavailableException>()).Which;
        failure.Message.Should().Contain("00:00:07");
        failure.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task Get_CancelledDuringTheHandshake_IsCancelled()
    {
        await using var server = NtlmTestServer.Start();
        using var cancellation = new CancellationTokenSource();
        server.Answer = (_, _) =>
        {
            cancellation.Cancel();
            return "";
        };
        await using var client = await NtlmTestClient.CreateAsync(server.Account);

        await FluentActions.Awaiting(() => client.Http.GetAsync(server.Uri, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Get_WithALongestTimeToConnect_GivesUpAsThePlatformDoes()
    {
        await using var server = NtlmTestServer.Start();
        server.Answer = static (_, _) => "";
        await using var client = await NtlmTestClient.CreateAsync(server.Account, handler: new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        (await FluentActions.Awaiting(() => client.Http.GetAsync(server.Uri)).Should().ThrowAsync<OperationCanceledException>()).WithInnerException<TimeoutException>();
    }

    [Fact]
    public async Task Get_SignedInAndNot_IsLogged()
    {
        await using var server = NtlmTestServer.Start();
        await using var right = await NtlmTestClient.CreateAsync(server.Account);
        await using var wrong = await NtlmTestClient.CreateAsync(server.Account with { Password = new Secret("wrong") });

        await right.Http.GetStringAsync(server.Uri);
        await FluentActions.Awaiting(() => wrong.Http.GetAsync(server.Uri)).Should().ThrowAsync<AccountAuthenticationException>();

        right.Log.Entries.Should().ContainSingle(static entry => entry.StartsWith("Debug 121 ConnectionSignedIn: Signed in account 'intranet' on a new connection to localhost", StringComparison.Ordinal));
        wrong.Log.Entries.Should().ContainSingle(static entry => entry.StartsWith(
            "Warning 122 ConnectionNotSignedIn: Could not sign in account 'intranet' on a new connection to localhost: AccountAuthenticationException", StringComparison.Ordinal));
    }

    private static string? Closing(NtlmTestConnection connection, string head)
    {
        connection.IsToClose = head.StartsWith("GET", StringComparison.Ordinal);
        return connection.IsToClose ? NtlmTestServer.Ok("Connection: close\r\n", connection.User!) : null;
    }

    private static string SignedIn(NtlmTestConnection connection, string header)
    {
        connection.User = @"CORP\user";
        return NtlmTestServer.Ok(header);
    }
}
