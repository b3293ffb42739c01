using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Registers the token engine.</summary>
internal static class TokenServiceCollectionExtensions
{
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider =>
            new TokenHandlerFactory(new TokenConnections(provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>()).CreateHandler));
        services.TryAddSingleton<TokenCertificates>();
        services.TryAddSingleton<TokenHttpClient>();
        services.TryAddSingleton<TokenProtocol>();
        services.TryAddSingleton<TokenRows>();
        services.TryAddSingleton<TokenLeases>();
        services.TryAddSingleton<TokenAcquisition>();
        services.TryAddSingleton<TokenSlots>();
        services.TryAddSingleton<TokenMetrics>();
        services.TryAddSingleton<TokenEngine>();
        services.TryAddSingleton<AccountReferences>();
        services.TryAddSingleton<OAuth2Providers>();
        services.TryAddSingleton<OAuth2Endpoints>();
        services.TryAddSingleton<OAuth2Exchanges>();
        services.TryAddSingleton<OAuth2Grants>();
        services.TryAddSingleton<BearerTokens>();
        services.TryAddSingleton<OAuth2Logins>();
        services.TryAddSingleton<OAuth2Devices>();
        services.TryAddSingleton<OAuth2ConnectorParts>();
        services.TryAddSingleton<IOAuth2Connector>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>().Value;
            return new OAuth2Connector(provider.GetRequiredService<OAuth2ConnectorParts>(), options.Realm, options.Environment);
        });
        return services;
    }
}
