using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Requests that .NET's signers got wrong at some time, sent by the real handler and verified from what arrives.</summary>
public sealed class AwsV4WireTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    public static IEnumerable<TheoryDataRow<string>> Ids => AwsV4Vectors.WireIds();

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SendAsync_OverHttp11_IsVerifiedFromTheBytes(string id)
    {
        var test = AwsV4WireCase.Read(id);
        await using var server = new AwsV4WireServer(test.Failures);
        var handler = new SocketsHttpHandler { ConnectCallback = server.ConnectAsync };

        await SendAsync(test, server.Port, handler, HttpVersion.Version11);

        AssertVerified(test, server.Requests, server.Port);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task SendAsync_OverHttp2_IsVerifiedFromWhatArrives(string id)
    {
        var test = AwsV4WireCase.Read(id);
        var requests = new List<RecordedRequest>();
        await using var server = await StartHttp2Async(requests, test.Failures);
        var port = new Uri(server.Urls.Single()).Port;
        var handler = new SocketsHttpHandler { ConnectCallback = (context, cancellationToken) => ConnectAsync(port, cancellationToken) };

        await SendAsync(test, port, handler, HttpVersion.Version20);

        AssertVerified(test, requests, port);
    }

    private static void AssertVerified(AwsV4WireCase test, IReadOnlyList<RecordedRequest> requests, int port)
    {
        if (test.Id is "folded-header" or "userinfo")
        {
            requests.Should().BeEmpty();
            return;
        }

        requests.Should().HaveCount(1 + test.Failures);
        requests.Select(static request => request.Header("x-amz-date")).Should().OnlyHaveUniqueItems("each attempt is signed anew");
        foreach (var request in requests)
        {
            request.Method.Should().Be(test.Method);
            request.Target.Should().Be(test.Target);
            request.Host.Should().Be(test.HostAt(port));
            AwsV4Verifier.CanonicalRequest(request, ["host"], "", test.IsS3).Split('\n')[1..3].Should().Equal(test.CanonicalPath, test.CanonicalQuery);
            new AwsV4Verifier(test.SecretAccessKey).Refuse(request, test.IsS3).Should().BeNull();
        }
    }

    private static async Task<WebApplication> StartHttp2Async(List<RecordedRequest> requests, int failures)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        var server = builder.Build();
        server.Run(async context =>
        {
            requests.Add(await ReadAsync(context));
            context.Response.StatusCode = requests.Count > failures ? 200 : 503;
        });
        await server.StartAsync();
        return server;
    }

    private static async Task<RecordedRequest> ReadAsync(HttpContext context)
    {
        context.Request.Protocol.Should().Be("HTTP/2");
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return new(
            "http",
            context.Request.Headers.Host.ToString(),
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            "")
        { BodyBytes = body.ToArray() };
    }

    private static async ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
    }

    private async Task SendAsync(AwsV4WireCase test, int port, SocketsHttpHandler handler, Version version)
    {
        test.Configure(handler);
        await using var accounts = DigibeeAccounts.Create(builder => builder
            .Configure(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()))
            .Services.AddSingleton<TimeProvider>(_time));
        await accounts.Vault.SaveAsync(test.Account(port));
        using var client = new HttpClient(new RetryHandler(_time)
        {
            InnerHandler = accounts.CreateHandler("aws", handler, options => options.UseCookies = test.KeepsCookies),
        });
        using var message = test.Message(port);
        message.Version = version;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var sending = () => client.SendAsync(message);

        switch (test.Id)
        {
            case "folded-header":
                (await sending.Should().ThrowAsync<AccountUnavailableException>()).WithMessage("*'X-F'*");
                break;
            case "userinfo":
                await sending.Should().ThrowAsync<AccountOriginException>();
                break;
            default:
                using (var response = await sending())
                {
                    response.StatusCode.Should().Be(HttpStatusCode.OK);
                }

                break;
        }
    }

    /// <summary>Sends once more after a 503, as everything does that stands outside of the accounts.</summary>
    private sealed class RetryHandler(FakeTimeProvider time) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                response.Dispose();
                time.Advance(TimeSpan.FromSeconds(2));
                return await SendAsync(request, cancellationToken);
            }

            return response;
        }
    }
}
