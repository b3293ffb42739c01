namespace Digibee.Accounts;

/// <summary>The registered providers by name: the built-in ones, and the program's own in front of them.</summary>
internal sealed class OAuth2Providers
{
    private readonly Dictionary<string, OAuth2Provider> _providers = new(StringComparer.OrdinalIgnoreCase);

    public OAuth2Providers(IEnumerable<OAuth2Provider> registered)
    {
        foreach (var provider in OAuth2Provider.BuiltIn.Concat(registered))
        {
            _providers[provider.Name] = provider;
        }
    }

    public OAuth2Provider Get(OAuth2Account account) => _providers.TryGetValue(account.Provider, out var provider)
        ? provider
        : throw new AccountValidationException(account.Name, [new AccountProblem(nameof(OAuth2Account.Provider), "no provider of that name is registered in this program. Add it with AddOAuth2Provider, or correct the name.")]);
}
