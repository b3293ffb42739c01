using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A real server on loopback behind every host name, which asks for a client certificate and trusts one root alone: a client that keeps its intermediate to itself is no one.</summary>
internal sealed class TestMutualTls : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly int _port;
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private int _connections;
    private int _openConnections;

    private TestMutualTls(WebApplication server)
    {
        _server = server;
        _port = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    public static X509Certificate2 Root { get; } = TestCertificates.Root("CN=root");

    public static X509Certificate2 Issuing { get; } = Root.Intermediate("CN=issuing");

    /// <summary>Gets where it listens, for a client that connects by itself.</summary>
    public Uri Address => new($"https://localhost:{_port}");

    /// <summary>Gets or sets how requests are answered, after the identity was noted.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = static _ => Task.CompletedTask;

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    /// <summary>Gets how many connections clients have opened.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Gets how many of them the server still holds open.</summary>
    public int OpenConnections => Volatile.Read(ref _openConnections);

    public static async Task<TestMutualTls> StartAsync(SslProtocols protocols = SslProtocols.None)
    {
        TestMutualTls? self = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Use(next => connection => self!.CountAsync(next, connection));
            listen.UseHttps(https =>
            {
                https.ServerCertificate = TestCertificates.SelfSigned("CN=server");
                https.SslProtocols = protocols;
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.ClientCertificateValidation = static (certificate, chain, _) => IsTrusted(certificate, chain!);
            });
        }));
        var server = builder.Build();
        server.Run(context => self!.HandleAsync(context));
        await server.StartAsync();
        return self = new TestMutualTls(server);
    }

    /// <summary>Makes an account of a client certificate with its intermediate.</summary>
    public static CertificateChainAccount Account(string name, string subject, bool rsa = false) => Account(name, Issuing.Client(subject, rsa));

    public static CertificateChainAccount Account(string name, X509Certificate2 client) => new()
    {
        Name = name,
        Chain = new Secret(TestCertificates.Pem(client, Issuing) + client.KeyPem()),
        AllowedOrigins = ["https://api.example"],
    };

    /// <summary>Gives a primary handler whose every connection ends here.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5359 // The certificate is made for the test; what it is about is the client's.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        },
    };

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _connections);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static bool IsTrusted(X509Certificate2 certificate, X509Chain received)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root);
        chain.ChainPolicy.ExtraStore.AddRange(received.ChainPolicy.ExtraStore);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    private async Task CountAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        Interlocked.Increment(ref _openConnections);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _openConnections);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var identity = context.Connection.ClientCertificate?.Subject ?? "nobody";
        _requests.Enqueue(new SeenRequest(
            identity,
            context.Request.Protocol,
            context.Features.Get<ITlsHandshakeFeature>()!.Protocol,
            context.Connection.Id,
            context.Request.Host.Host,
            context.Request.Headers.Authorization.ToString()));
        context.Response.Headers["X-Identity"] = identity;
        await Answer(context);
    }

    /// <summary>A request as the server saw it.</summary>
    public sealed record SeenRequest(string Identity, string Protocol, SslProtocols Tls, string Connection, string Host, string Authorization);
}
