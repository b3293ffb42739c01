namespace Digibee.Accounts;

/// <summary>Makes ready what one revision of an OAuth 2 account needs: its state, once, and its grant whenever a token has to be asked for.</summary>
internal sealed class OAuth2Grants(OAuth2Providers providers, OAuth2Exchanges exchanges, AccountReferences references, TokenEngine engine)
{
    public OAuth2State StateOf(OpenedAccount opened)
    {
        var holder = opened.GetOrAddState(TokenStateHolder<OAuth2State>.Create);
        return holder.State ?? holder.Keep(Create(opened));
    }

    /// <summary>Opens what the account refers to. In the caller's flow: it is the one that scopes count in.</summary>
    public async ValueTask<OAuth2TokenGrant> CreateAsync(OpenedAccount opened, OAuth2State state, CancellationToken cancellationToken)
    {
        var key = state.Account.KeyAccount is { } keyName
            ? await references.OpenAsync(opened, keyName, AccountType.PrivateKey, nameof(OAuth2Account.KeyAccount), cancellationToken).ConfigureAwait(false)
            : null;
        var certificate = state.Account.CertificateAccount is { } certificateName
            ? await references.OpenAsync(opened, certificateName, AccountType.CertificateChain, nameof(OAuth2Account.CertificateAccount), cancellationToken).ConfigureAwait(false)
            : null;
        return new OAuth2TokenGrant(opened, state, key, certificate, exchanges);
    }

    private OAuth2State Create(OpenedAccount opened)
    {
        var account = (OAuth2Account)opened.Account;
        var provider = providers.Get(account);
        return new OAuth2State(account, provider, OAuth2Identity.KeyOf(opened, account, provider), engine);
    }
}
