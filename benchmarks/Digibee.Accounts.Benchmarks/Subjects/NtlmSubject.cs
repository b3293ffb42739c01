using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>One request to a server that asks for NTLM, sent by a client with an account and by the platform's own client with its managed NTLM switched on.</summary>
internal sealed class NtlmSubject : IDisposable
{
    private readonly NtlmLoopbackServer _server;
    private readonly AccountsServices _services;
    private readonly HttpClient _ours;
    private readonly HttpClient _peer;

    public NtlmSubject(bool closes)
    {
        // For the whole process, which is why the library does without. It is read at the first use.
        AppContext.SetSwitch("System.Net.Security.UseManagedNtlm", isEnabled: true);
        _server = new NtlmLoopbackServer(closes);
        var uri = _server.Uri;
        _services = new AccountsServices(services => services.AddHttpClient("ours").RemoveAllLoggers().UseAccount("intranet").ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { UseProxy = false }));
        _services.Save(new NtlmAccount { Name = "intranet", UserName = "user", Domain = "DOMAIN", Password = new Secret("password"), AllowedOrigins = [uri.GetLeftPart(UriPartial.Authority)] });
        _ours = _services.Get<IHttpClientFactory>().CreateClient("ours");
        var credentials = new CredentialCache { { uri, "NTLM", new NetworkCredential("user", "password", "DOMAIN") } };
        _peer = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, Credentials = credentials });
    }

    public Task SendOursAsync() => SendAsync(_ours);

    public Task SendPeerAsync() => SendAsync(_peer);

    public void Dispose()
    {
        _ours.Dispose();
        _peer.Dispose();
        _services.Dispose();
        _server.Dispose();
    }

    private async Task SendAsync(HttpClient client)
    {
        using var response = await client.GetAsync(_server.Uri);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"The server answered {(int)response.StatusCode}.");
        }
    }
}
