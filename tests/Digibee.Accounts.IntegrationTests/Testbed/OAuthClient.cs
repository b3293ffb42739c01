using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>A program with one OAuth 2 or Google Key account, whose requests end here: what it got from the server is looked at.</summary>
internal sealed class OAuthClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private string? _authorization;

    /// <summary>Makes a program.</summary>
    /// <param name="provider">The provider that its accounts name.</param>
    /// <param name="authority">A PEM file with the one certificate that token endpoints are trusted by, in place of the system's.</param>
    public OAuthClient(OAuth2Provider provider, string? authority = null)
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test")
            .Configure(static options => options.PrivateTokenHosts.Add("localhost"))
            .UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText())).AddOAuth2Provider(provider);
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        if (authority is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(services => new TokenHandlerFactory(isFromData => Trusting(services, isFromData, authority))));
        }

        services.AddHttpClient("client").UseAccounts().ConfigurePrimaryHttpMessageHandler(() => new Recorder(this));
        _services = services.BuildServiceProvider();
    }

    /// <summary>Gets the clock: the machine's when the client was made.</summary>
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    public IOAuth2Connector Connector => _services.GetRequiredService<IOAuth2Connector>();

    /// <summary>Saves an account and gives the token that it sends.</summary>
    public async Task<string> TokenAsync(Account account)
    {
        await Vault.SaveAsync(account);
        return await TokenAsync(account.Name);
    }

    public async Task<string> TokenAsync(string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/").UseAccount(name);
        using var response = await _services.GetRequiredService<IHttpClientFactory>().CreateClient("client").SendAsync(request);
        return _authorization!.Split(' ')[1];
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static SocketsHttpHandler Trusting(IServiceProvider services, bool isFromData, string authority)
    {
        var handler = new TokenConnections(services.GetRequiredService<IOptions<DigibeeAccountsOptions>>()).CreateHandler(isFromData);
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        return handler;
    }

    private sealed class Recorder(OAuthClient client) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            client._authorization = request.Headers.Authorization?.ToString();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
