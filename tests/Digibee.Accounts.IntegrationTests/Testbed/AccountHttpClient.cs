using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Digibee.Accounts;

/// <summary>An HttpClient of the factory that uses one account, as a program would set it up.</summary>
internal sealed class AccountHttpClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private AccountHttpClient(ServiceProvider services) => _services = services;

    public HttpClient Http => _services.GetRequiredService<IHttpClientFactory>().CreateClient("client");

    public IAwsV4Presigner Presigner => _services.GetRequiredService<IAwsV4Presigner>();

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    /// <summary>Saves the account and makes the client.</summary>
    /// <param name="account">The account that the client uses.</param>
    /// <param name="time">The time that signatures are made with; the machine's by default.</param>
    /// <param name="belowAccounts">A handler between the account handler and the network.</param>
    /// <param name="throwOnRefusal">Whether a refusal is an exception.</param>
    public static async Task<AccountHttpClient> CreateAsync(Account account, TimeProvider? time = null, DelegatingHandler? belowAccounts = null, bool throwOnRefusal = false)
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()));
        services.Replace(ServiceDescriptor.Singleton(time ?? TimeProvider.System));
        services.AddHttpClient("client").UseAccount(account.Name, options => options.ThrowOnRefusal = throwOnRefusal).ConfigurePrimaryHttpMessageHandler(() => Stack(belowAccounts));
        var client = new AccountHttpClient(services.BuildServiceProvider());
        await client.Vault.SaveAsync(account);
        return client;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static HttpMessageHandler Stack(DelegatingHandler? above)
    {
        var network = new SocketsHttpHandler { UseProxy = false };
        if (above is null)
        {
            return network;
        }

        above.InnerHandler = network;
        return above;
    }
}
