using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The base of tests that send with client certificates: a server and a container of their own for each.</summary>
public abstract class MutualTlsTest : IAsyncLifetime
{
    private protected TestMutualTls Server { get; private set; } = null!;

    private protected ServiceProvider Services { get; private set; } = null!;

    private protected IAccountVault Vault => Services.GetRequiredService<IAccountVault>();

    private protected ConnectionPool Pool => Services.GetRequiredService<ConnectionPool>();

    public async ValueTask InitializeAsync()
    {
        Server = await TestMutualTls.StartAsync();
        Services = await TestServices.CreateAsync(services => services.AddHttpClient("mtls").UseAccounts().ConfigurePrimaryHttpMessageHandler(Server.CreateHandler));
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static HttpRequestMessage Message(string account, Version? version = null, string uri = "https://api.example/") =>
        new HttpRequestMessage(HttpMethod.Get, uri) { Version = version ?? HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact }.UseAccount(account);

    /// <summary>Sends, and gives the identity that the server saw.</summary>
    private protected static async Task<string> SendAsync(HttpClient client, string account, Version? version = null)
    {
        using var message = Message(account, version);
        using var response = await client.SendAsync(message);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("X-Identity").Single();
    }

    /// <summary>Makes a client by hand, around a primary handler, that sends these accounts or those that each message chooses.</summary>
    private protected HttpClient Client(HttpMessageHandler primary, params string[] accounts) =>
        new(new AccountHandler(new AccountClient(Services.GetRequiredService<AccountPipeline>(), "by-hand", accounts, configure: null), primary));
}
