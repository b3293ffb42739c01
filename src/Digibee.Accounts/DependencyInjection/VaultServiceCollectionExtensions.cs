using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Registers the parts of the vault.</summary>
internal static class VaultServiceCollectionExtensions
{
    public static IServiceCollection AddVault(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<VaultMetrics>();
        services.TryAddSingleton<StoreStatus>();
        services.TryAddSingleton<StoreFeed>();
        services.TryAddSingleton<FeedWatchers>();
        services.TryAddSingleton<RetiredAccounts>();
        services.TryAddSingleton<OpenedAccountCache>();
        services.TryAddSingleton<CacheSweeper>();
        services.TryAddSingleton<UnknownNames>();

        // Marks outlive what they mark: more of them than of cached accounts.
        services.TryAddSingleton(static provider => new HighWaterMarks(10 * provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>().Value.CacheCapacity));
        services.TryAddSingleton<AccountReader>();
        services.TryAddSingleton<AccountReads>();
        services.TryAddSingleton<ConfiguredAccounts>();
        services.TryAddSingleton<AccountOpener>();
        services.TryAddSingleton<AccountReferrers>();
        services.TryAddSingleton<UsageRows>();
        services.TryAddSingleton<UsageLedger>();
        services.TryAddSingleton<AccountWriter>();
        services.TryAddSingleton<AccountListing>();
        services.TryAddSingleton<AmbientScopes>();
        services.TryAddSingleton<VaultParts>();
        services.TryAddSingleton<IAccountSource, VaultAccountSource>();
        services.TryAddSingleton<IAccountVault>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>().Value;
            return new AccountVault(provider.GetRequiredService<VaultParts>(), options.Realm, options.Environment);
        });
        services.TryAddSingleton(static provider => new DigibeeAccountsHealthCheck(
            provider.GetRequiredService<IAccountStore>(),
            provider.GetRequiredService<StoreStatus>(),
            provider.GetRequiredService<StoreFeed>(),
            provider.GetRequiredService<OpenedAccountCache>(),
            provider.GetRequiredService<VaultMetrics>(),
            provider.GetRequiredService<ConfiguredAccounts>()));
        return services;
    }
}
