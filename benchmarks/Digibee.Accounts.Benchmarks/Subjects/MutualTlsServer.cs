using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Kestrel on loopback, asking for a client certificate; it answers with its subject and the number of the connection.</summary>
internal sealed class MutualTlsServer : IDisposable
{
    private readonly WebApplication _server;

    public MutualTlsServer(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        })));
        _server = builder.Build();
        _server.Run(static context =>
        {
            context.Response.Headers["X-Identity"] = context.Connection.ClientCertificate!.Subject;
            context.Response.Headers["X-Connection"] = context.Connection.Id;
            return Task.CompletedTask;
        });
        _server.StartAsync().GetAwaiter().GetResult();
        Address = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public void Dispose() => ((IDisposable)_server).Dispose();
}
