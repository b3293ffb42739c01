using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Quickstart;

/// <summary>A service on a loopback port. Each of its paths takes one kind of credential, which it checks without the library, and refuses every other request.</summary>
internal sealed class CrmService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private CrmService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, port: 0);
            options.Listen(IPAddress.Loopback, port: 0, listen => listen.UseHttps(Authority.Server, https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (certificate, chain, _) => Authority.Trusts(certificate, chain!.ChainPolicy.ExtraStore);
            }));
        });
        _application = builder.Build();
    }

    public string Origin => _application.Urls.Single(static url => url.StartsWith("http://", StringComparison.Ordinal));

    /// <summary>Gets the origin where every connection needs a client certificate.</summary>
    public string SecureOrigin => _application.Urls.Single(static url => url.StartsWith("https://", StringComparison.Ordinal));

    public CertificateAuthority Authority { get; } = new();

    /// <summary>Gets what gives tokens, at <c>/token</c>.</summary>
    public AuthorizationServer Login { get; } = new();

    /// <summary>Gets what signs answers and checks signed requests.</summary>
    public MessageSignatures Signatures { get; } = new();

    /// <summary>Gets the tokens that are good now: two of them while one takes the other's place.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = new(StringComparer.Ordinal) { [Samples.FirstToken] = true };

    /// <summary>Gets how many requests came in.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static async Task<CrmService> StartAsync()
    {
        var service = new CrmService();
        service.Map("/api-key", static request => request.QueryString.Value == "?api_key=k%204711%20%C3%BC%26%3D%2B");
        service.Map("/aws", AwsSignature.IsGood);
        service.Map("/basic", static request => request.Headers.Authorization == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");   // RFC 7617's example
        service.Map("/certificate", static request => request.HttpContext.Connection.ClientCertificate is { Subject: "CN=crm-client" });
        service.Map("/header", static request => request.Headers["X-Crm-Token"] == "abc/def+==");
        service.Map("/token-holder", service.Login.Accepts);
        service._application.MapPost("/token", service.Login.TokenAsync);
        service.Map("/mac", MessageSignatures.HasMac);
        service.Map("/signed", service.Signatures.IsSigned);
        service._application.MapGet("/signed-answer", service.Signatures.AnswerAsync);
        service.Map("/bearer", request => request.Headers.Authorization is [['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token]] && service.Tokens.ContainsKey(token));
        await service._application.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Authority.Dispose();
        Login.Dispose();
        Signatures.Dispose();
    }

    private void Map(string path, Func<HttpRequest, bool> accepts) => _application.MapGet(path, (HttpRequest request) =>
    {
        Interlocked.Increment(ref _requests);
        return accepts(request) ? Results.Ok() : Results.Unauthorized();
    });
}
