using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A request over a connection that was opened with a client certificate, against a plain client with the same certificate. By Send, so that all of the client's work is this thread's; the server's is not.</summary>
internal sealed class MutualTlsRequestCase() : ComparisonCase("mTLS request")
{
    private AccountsServices _services = null!;
    private MutualTlsServer _server = null!;
    private X509Certificate2 _certificate = null!;
    private HttpClient _ours = null!;
    private HttpClient _peer = null!;

    public override void SetUp()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=compare", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
        _server = new MutualTlsServer(_certificate);
        _services = new AccountsServices(services => services.AddHttpClient("ours").RemoveAllLoggers().UseAccount("mtls").ConfigurePrimaryHttpMessageHandler(CreateHandler));
        _services.Save(new CertificateChainAccount
        {
            Name = "mtls",
            Chain = new Secret(made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()),
            AllowedOrigins = [_server.Address.GetLeftPart(UriPartial.Authority)],
        });
        _ours = _services.Get<IHttpClientFactory>().CreateClient("ours");
        var peer = CreateHandler();
        peer.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
        _peer = new HttpClient(peer);
        CheckBoth();
    }

    public override void RunOurs(int operations) => Run(_ours, operations);

    public override void RunPeer(int operations) => Run(_peer, operations);

    public override void Dispose()
    {
        _ours?.Dispose();
        _peer?.Dispose();
        _services?.Dispose();
        _server?.Dispose();
        _certificate?.Dispose();
        base.Dispose();
    }

    // As somebody would set it up by hand: no proxy, cookies and redirects off as ours has them.
    private static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
#pragma warning disable CA5359 // The server's certificate was made a moment ago.
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        },
    };

    private void Run(HttpClient client, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Send(client).Dispose();
        }
    }

    private HttpResponseMessage Send(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address);
        return client.Send(request);
    }

    private void CheckBoth()
    {
        foreach (var client in new[] { _ours, _peer })
        {
            using var first = Send(client);
            using var second = Send(client);
            if (second.StatusCode != HttpStatusCode.OK || Header(second, "X-Identity") != "CN=compare" || Header(first, "X-Connection") != Header(second, "X-Connection"))
            {
                throw new InvalidOperationException("A client does not present the certificate, or opens a connection for each request.");
            }
        }
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}
