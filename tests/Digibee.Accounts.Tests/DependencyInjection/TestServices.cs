using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A container with saved accounts of every HTTP type, for tests of clients that the factory makes.</summary>
internal static class TestServices
{
    public static async Task<ServiceProvider> CreateAsync(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
        configure(services);
        var provider = services.BuildServiceProvider(validateScopes: true);
        var vault = provider.GetRequiredService<IAccountVault>();
        foreach (var account in TestAccounts.All(["https://api.example"]))
        {
            await vault.SaveAsync(account);
        }

        return provider;
    }

    public static HttpClient CreateClient(this IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
