using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses where accounts are kept and which keys seal them.</summary>
public static class DigibeeAccountsBuilderExtensions
{
    /// <summary>Sets options, beside those given to <c>AddDigibeeAccounts</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets them.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder Configure(this IDigibeeAccountsBuilder builder, Action<DigibeeAccountsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>Keeps accounts in memory: for tests and trials. They are gone with the process.</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseInMemoryStore(this IDigibeeAccountsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IAccountStore>(static _ => new InMemoryAccountStore()));
        return builder;
    }

    /// <summary>Keeps accounts in a store of your own. Prove it with <c>AccountStoreContract</c> of Digibee.Accounts.Testing.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">The store. Whoever made it disposes it.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseStore(this IDigibeeAccountsBuilder builder, IAccountStore store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(store);
        builder.Services.Replace(ServiceDescriptor.Singleton(store));
        return builder;
    }

    /// <summary>Keeps accounts in a store of your own, made by the container, which disposes it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the store, once.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseStore(this IDigibeeAccountsBuilder builder, Func<IServiceProvider, IAccountStore> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.Replace(ServiceDescriptor.Singleton(create));
        return builder;
    }

    /// <summary>Seals accounts with these keys: the first seals, all open.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keyRing">The keys. Whoever made the ring disposes it, after the program's last use of accounts.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseKeyRing(this IDigibeeAccountsBuilder builder, KeyRing keyRing)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(keyRing);
        builder.Services.Replace(ServiceDescriptor.Singleton(keyRing));
        return builder;
    }

    /// <summary>Seals accounts with keys that the program's own services know, such as its configuration: <c>UseKeyRing(services => KeyRing.Parse(services.GetRequiredService&lt;IConfiguration>()["AccountKeys"]!))</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="create">Makes the ring, once. The container disposes it.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseKeyRing(this IDigibeeAccountsBuilder builder, Func<IServiceProvider, KeyRing> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.Replace(ServiceDescriptor.Singleton(
            provider => create(provider) ?? throw new InvalidOperationException("The function given to UseKeyRing returned null. It must return a key ring.")));
        return builder;
    }

    /// <summary>Seals accounts with a key that is made at first use and kept for this user, in <c>digibee-accounts/development.key</c> of the local application data, mode 0600. For a developer's machine.</summary>
    /// <remarks>A new key is logged as a warning, with its path. Resolving the ring throws <see cref="InvalidOperationException"/> when the environment is <c>prod</c> or <c>production</c>.</remarks>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder UseDevelopmentKeyRing(this IDigibeeAccountsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(static provider => DevelopmentKeyRing.LoadOrCreate(
            provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>().Value.Environment,
            provider.GetRequiredService<ILogger<KeyRing>>())));
        return builder;
    }

    /// <summary>Registers an OAuth 2 provider, in place of a built-in one or an earlier one of that name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder AddOAuth2Provider(this IDigibeeAccountsBuilder builder, OAuth2Provider provider)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(provider);
        builder.Services.AddSingleton(provider);
        return builder;
    }
}
