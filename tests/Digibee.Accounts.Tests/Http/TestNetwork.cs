using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A real server on loopback behind every host name: what a client sends to any host and port arrives here, with or without TLS by the port it chose.</summary>
public sealed class TestNetwork : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly int _httpPort;
    private readonly int _httpsPort;
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private int _connections;

    private TestNetwork(WebApplication server)
    {
        _server = server;
        var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address)).ToArray();
        _httpPort = addresses.Single(static address => address.Scheme == "http").Port;
        _httpsPort = addresses.Single(static address => address.Scheme == "https").Port;
    }

    /// <summary>Gets or sets how requests are answered; 200 and an empty body when it is not set.</summary>
    public Action<RecordedRequest, HttpResponse> Answer { get; set; } = static (_, _) => { };

    /// <summary>Gets or sets what an answer waits for or writes, after <see cref="Answer"/> has set its status and headers.</summary>
    public Func<RecordedRequest, HttpResponse, Task> AnswerBody { get; set; } = static (_, _) => Task.CompletedTask;

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Gets the one request that came.</summary>
    public RecordedRequest Request => Requests.Should().ContainSingle().Subject;

    /// <summary>Gets the port that speaks no TLS, for clients that connect by themselves.</summary>
    public int HttpPort => _httpPort;

    /// <summary>Gets how many connections were opened.</summary>
    public int Connections => _connections;

    public static async Task<TestNetwork> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.UseHttps(Certificate()));
        });
        var server = builder.Build();
        TestNetwork? network = null;
        server.Run(context => network!.HandleAsync(context));
        await server.StartAsync();
        return network = new TestNetwork(server);
    }

    /// <summary>Gives a primary handler whose every connection ends here. Ports 443 and 8443 speak TLS.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = ConnectAsync,

        // Whoever listens to activities anywhere in the process would have the platform put traceparent on the callers' messages.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5359 // The certificate is made for the test; what it is about is which host the client chose.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        },
    };

    /// <summary>Answers requests to <paramref name="path"/> with a redirect.</summary>
    public void Redirect(string path, int status, string location)
    {
        var otherwise = Answer;
        Answer = (request, response) =>
        {
            if (request.Target.Split('?')[0] == path)
            {
                response.StatusCode = status;
                response.Headers.Location = location;
            }
            else
            {
                otherwise(request, response);
            }
        };
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port is 443 or 8443 ? _httpsPort : _httpPort, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            context.Request.Scheme,
            context.Request.Host.Value ?? "",
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync());
        _requests.Enqueue(request);
        Answer(request, context.Response);
        await AnswerBody(request, context.Response);
    }
}
