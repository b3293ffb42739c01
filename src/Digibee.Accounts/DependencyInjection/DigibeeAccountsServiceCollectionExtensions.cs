using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds accounts to a program.</summary>
public static class DigibeeAccountsServiceCollectionExtensions
{
    /// <summary>Adds the vault, every account type and its authenticator. Safe to call more than once.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options; <see cref="DigibeeAccountsOptions.Environment"/> at least.</param>
    /// <returns>A builder with which to choose a store and a key ring.</returns>
    public static IDigibeeAccountsBuilder AddDigibeeAccounts(this IServiceCollection services, Action<DigibeeAccountsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(static service => service.ServiceType == typeof(AccountPipeline)))
        {
            return new DigibeeAccountsBuilder(services);
        }

        services.AddLogging();
        services.AddHttpClient();
        services.AddOptions<DigibeeAccountsOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DigibeeAccountsOptions>, DigibeeAccountsOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AccountSealer>();
        services.AddVault();
        services.TryAddSingleton<ConnectionMetrics>();
        services.TryAddSingleton<ConnectionPool>();
        services.TryAddSingleton<KerberosMetrics>();
        services.TryAddSingleton<KerberosClient>();
        services.AddTokens();
        services.TryAddSingleton<AccountPipeline>();
        services.TryAddSingleton<AwsV4Clocks>();
        services.TryAddSingleton<NonceMemory>();
        services.TryAddSingleton<ResponseVerifier>();

        // One line for each account type that goes on HTTP messages, in alphabetical order: this is the table of contents.
        services.AddAccountType<ApiKeyAccount, ApiKeyAuthenticator>();
        services.AddAccountType<AwsV4Account, AwsV4Authenticator>();
        services.AddAccountType<BasicAccount, BasicAuthenticator>();
        services.AddAccountType<CertificateChainAccount, CertificateChainAuthenticator>();
        services.AddAccountType<CustomAuthHeaderAccount, CustomAuthHeaderAuthenticator>();
        services.AddAccountType<GoogleKeyAccount, GoogleKeyAuthenticator>();
        services.AddAccountType<KerberosAccount, KerberosAuthenticator>();
        services.AddAccountType<NtlmAccount, NtlmAuthenticator>();
        services.AddAccountType<OAuth2Account, OAuth2Authenticator>();
        services.AddAccountType<OAuthBearerAccount, OAuthBearerAuthenticator>();
        services.AddAccountType<PrivateKeyAccount, PrivateKeyAuthenticator>();
        services.AddAccountType<PublicKeyAccount, PublicKeyAuthenticator>();
        services.AddAccountType<SecretKeyAccount, SecretKeyAuthenticator>();

        services.TryAddSingleton<IAwsV4Presigner, AwsV4Presigner>();
        services.TryAddSingleton<IAccountCryptography, AccountCryptography>();
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>, AccountHttpClientFactoryOptions>();
        return new DigibeeAccountsBuilder(services);
    }
}
