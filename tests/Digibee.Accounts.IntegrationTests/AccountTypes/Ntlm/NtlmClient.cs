using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>An HttpClient of the factory that uses NTLM accounts and trusts the test server.</summary>
internal sealed class NtlmClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private NtlmClient(ServiceProvider services) => _services = services;

    public HttpClient Http => _services.GetRequiredService<IHttpClientFactory>().CreateClient("client");

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    /// <summary>Saves the accounts and makes a client of the first.</summary>
    public static Task<NtlmClient> CreateAsync(ApacheNtlmServer server, params NtlmAccount[] accounts) => CreateAsync(server, static _ => { }, filter: null, accounts);

    /// <summary>The same with options, and with a filter that sees each connection before it is signed in.</summary>
    public static async Task<NtlmClient> CreateAsync(
        ApacheNtlmServer server,
        Action<AccountClientOptions> configure,
        Func<SocketsHttpPlaintextStreamFilterContext, CancellationToken, ValueTask<Stream>>? filter,
        params NtlmAccount[] accounts)
    {
        var authority = server.Authority;
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("client").UseAccount(accounts[0].Name, configure).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            UseProxy = false,
            PlaintextStreamFilter = filter,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
        var client = new NtlmClient(services.BuildServiceProvider());
        foreach (var account in accounts)
        {
            await client.Vault.SaveAsync(account);
        }

        return client;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
