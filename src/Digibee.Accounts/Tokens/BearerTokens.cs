namespace Digibee.Accounts;

/// <summary>Bearer tokens for what is no HTTP message: the sign-in of a mail server. Those of OAuth 2 and Google Key accounts come from the engine, and are renewed as for requests. Safe for concurrent use.</summary>
internal sealed class BearerTokens(AccountReferences references, OAuth2Grants grants, TokenEngine engine, TokenProtocol protocol)
{
    /// <summary>Opens the account whose token another one is to sign in with.</summary>
    /// <param name="referring">The account that names it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="field">The property that names it.</param>
    /// <param name="server">Where the token is to be shown, by https: the reference does not widen where that account goes.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="AccountValidationException">It has no bearer token.</exception>
    /// <exception cref="AccountOriginException">Its own origins do not list the server.</exception>
    public async ValueTask<OpenedAccount> OpenAsync(OpenedAccount referring, string name, string field, Uri server, CancellationToken cancellationToken)
    {
        var opened = await references.OpenAsync(referring, name, field, cancellationToken).ConfigureAwait(false);
        var problem = opened.Account switch
        {
            OAuth2Account { UseDPoP: true } => $"the tokens of account '{name}' are bound to a key (DPoP), which is proved to HTTP servers only. Name one without.",
            OAuth2Account or OAuthBearerAccount or GoogleKeyAccount => null,
            _ => $"account '{name}' has no token. Name an OAuth 2, OAuth Bearer or Google Key account.",
        };
        if (problem is not null)
        {
            throw new AccountValidationException(referring.Address.Name, [new AccountProblem(field, problem)]);
        }

        AccountReferences.DemandOrigin(opened, server);
        return opened;
    }

    /// <summary>Gives a token that is good enough to be shown now.</summary>
    /// <param name="opened">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="cancellationToken">Cancels this caller's wait only.</param>
    /// <exception cref="AccountAuthenticationException">The token endpoint refused the account, or a person has to log in.</exception>
    /// <exception cref="AccountUnavailableException">There is no token at the moment.</exception>
    public async ValueTask<BearerToken> GetAsync(OpenedAccount opened, CancellationToken cancellationToken)
    {
        switch (opened.Account)
        {
            case OAuth2Account:
                var oauth2 = grants.StateOf(opened);
                return await GetAsync(oauth2.Slot, await grants.CreateAsync(opened, oauth2, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            case GoogleKeyAccount:
                var google = GoogleKeyState.Of(opened, engine);
                return await GetAsync(google.Slot, new GoogleKeyTokenGrant(opened, google, protocol), cancellationToken).ConfigureAwait(false);
            default:
                return new BearerToken(opened.GetOrAddState(OAuthBearerHeader.Create).Value.Parameter!);
        }
    }

    /// <summary>Takes in what the server said of a token.</summary>
    /// <returns>Whether another one can be had, and is worth another try.</returns>
    public bool Review(BearerToken token, bool wasAccepted)
    {
        if (token.Slot is null)
        {
            return false;
        }

        if (wasAccepted)
        {
            token.Cached!.WasAccepted = true;
            return false;
        }

        return engine.Reject(token.Slot, token.Cached!);
    }

    private async ValueTask<BearerToken> GetAsync(TokenSlot slot, TokenGrant grant, CancellationToken cancellationToken)
    {
        var cached = await engine.GetAsync(slot, grant, cancellationToken).ConfigureAwait(false);
        return new BearerToken(cached.Header.Parameter!, slot, cached);
    }
}
