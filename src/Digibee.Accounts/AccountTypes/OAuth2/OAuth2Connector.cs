namespace Digibee.Accounts;

/// <summary>The log-in of a person, in a browser or on another device, for accounts of one realm and environment.</summary>
internal sealed class OAuth2Connector(OAuth2ConnectorParts parts, string realm, string environment) : IOAuth2Connector
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(10);

    private readonly string _realm = AccountAddress.CheckPart(realm, nameof(realm));
    private readonly string _environment = AccountAddress.CheckPart(environment, nameof(environment));

    public ValueTask<OAuth2Authorization> BeginAsync(string accountName, Uri redirectUri, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        var address = AddressOf(accountName);
        return OAuth2ConnectorFailure.TypedAsync(accountName, BeginAsync(address, redirectUri, cancellationToken), cancellationToken);
    }

    public async ValueTask CompleteAsync(Uri callback, string ticket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(ticket);
        var now = parts.Time.GetUtcNow();
        if (OAuth2Ticket.TryOpen(ticket, _realm, _environment, parts.Sealer) is not { } opened || now < opened.BegunOn || now >= opened.BegunOn + TicketLifetime)
        {
            throw new AccountAuthenticationException(accountName: null, "The log-in was not begun here, or too long ago: a ticket is good for ten minutes, in the realm and environment that made it. Begin it again.");
        }

        await OAuth2ConnectorFailure.TypedAsync(opened.Address.Name, CompleteAsync(callback, opened, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<OAuth2DeviceAuthorization> BeginDeviceAsync(string accountName, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(accountName);
        return OAuth2ConnectorFailure.TypedAsync(accountName, BeginDeviceAsync(address, cancellationToken), cancellationToken);
    }

    public async ValueTask CompleteDeviceAsync(OAuth2DeviceAuthorization authorization, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        var name = authorization.Account.Name;
        if (authorization.Account != AddressOf(name))
        {
            throw new AccountAuthenticationException(name, $"The log-in of account '{name}' was not begun here, but in another realm or environment. Complete it with the connector that began it.");
        }

        await OAuth2ConnectorFailure.TypedAsync(name, CompleteDeviceAsync(authorization.Account, authorization, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public IOAuth2Connector For(string realm, string environment) => new OAuth2Connector(parts, realm, environment);

    private AccountAddress AddressOf(string accountName) => new(_realm, _environment, accountName);

    private async Task<OAuth2Authorization> BeginAsync(AccountAddress address, Uri redirectUri, CancellationToken cancellationToken)
    {
        var grant = await OpenAsync(address, OAuth2Grant.AuthorizationCode, cancellationToken).ConfigureAwait(false);
        var endpoints = await EndpointsAsync(grant, cancellationToken).ConfigureAwait(false);
        var authorize = endpoints.Authorization ?? throw Lacks(grant, nameof(OAuth2Provider.AuthorizationEndpoint));
        var ticket = OAuth2Ticket.Create(grant.Key, redirectUri, parts.Time.GetUtcNow());
        return new OAuth2Authorization(OAuth2AuthorizationRequest.UriOf(authorize, grant, ticket), ticket.Seal(parts.Sealer));
    }

    private async Task<bool> CompleteAsync(Uri callback, OAuth2Ticket ticket, CancellationToken cancellationToken)
    {
        var grant = await OpenAsync(ticket.Address, OAuth2Grant.AuthorizationCode, cancellationToken).ConfigureAwait(false);
        DemandSame(grant, ticket.Fingerprint);
        var endpoints = await EndpointsAsync(grant, cancellationToken).ConfigureAwait(false);
        var code = OAuth2Callback.CodeOf(callback, ticket, grant, endpoints.NamesIssuer);
        await parts.Logins.CompleteAsync(
            grant,
            endpoints,
            form =>
            {
                form.Add("grant_type", "authorization_code");
                form.Add("code", code);
                form.Add("redirect_uri", ticket.RedirectUri);
                form.Add("code_verifier", grant.Provider.SkipsPkce ? null : ticket.Verifier);
            },
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<OAuth2DeviceAuthorization> BeginDeviceAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        var grant = await OpenAsync(address, OAuth2Grant.DeviceCode, cancellationToken).ConfigureAwait(false);
        var endpoints = await EndpointsAsync(grant, cancellationToken).ConfigureAwait(false);
        var device = endpoints.DeviceAuthorization ?? throw Lacks(grant, nameof(OAuth2Provider.DeviceAuthorizationEndpoint));
        return await parts.Devices.BeginAsync(grant, endpoints, device, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> CompleteDeviceAsync(AccountAddress address, OAuth2DeviceAuthorization authorization, CancellationToken cancellationToken)
    {
        var grant = await OpenAsync(address, OAuth2Grant.DeviceCode, cancellationToken).ConfigureAwait(false);
        DemandSame(grant, authorization.Fingerprint);
        var endpoints = await EndpointsAsync(grant, cancellationToken).ConfigureAwait(false);
        await parts.Devices.CompleteAsync(grant, endpoints, authorization, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // The stored account, past every scope: its tokens are kept for all.
    private async ValueTask<OAuth2TokenGrant> OpenAsync(AccountAddress address, OAuth2Grant expected, CancellationToken cancellationToken)
    {
        var opened = ProjectRule.Demand(await parts.Opener.OpenAsync(address, cancellationToken).ConfigureAwait(false), parts.Accounts.DefaultProject);
        if (opened.Account is not OAuth2Account account)
        {
            throw new AccountTypeMismatchException(address.Name, $"Account '{address.Name}' is of type {opened.Account.Type.DisplayName}, so nobody logs in to it. Name an OAuth 2 account.");
        }

        return account.Grant == expected
            ? await parts.Grants.CreateAsync(opened, parts.Grants.StateOf(opened), cancellationToken).ConfigureAwait(false)
            : throw new AccountValidationException(address.Name, [new AccountProblem(nameof(OAuth2Account.Grant), $"it is {account.Grant}, and this log-in is for {expected}. Change the grant, or leave the log-in out.")]);
    }

    private async ValueTask<OAuth2EndpointSet> EndpointsAsync(OAuth2TokenGrant grant, CancellationToken cancellationToken)
    {
        var (found, error) = await parts.Endpoints.FindAsync(grant, cancellationToken).ConfigureAwait(false);
        return found ?? throw error!.ToException(grant.AccountName);
    }

    // One provider's code is none of another's business, and its proof key neither.
    private static void DemandSame(OAuth2TokenGrant grant, string fingerprint)
    {
        if (grant.Key.Fingerprint != fingerprint)
        {
            throw new AccountAuthenticationException(grant.AccountName, $"The log-in of account '{grant.AccountName}' was not completed: its provider, client or scopes were changed after it began. Begin it again.");
        }
    }

    private static AccountValidationException Lacks(OAuth2TokenGrant grant, string endpoint) =>
        new(grant.AccountName, [new AccountProblem(nameof(OAuth2Account.Provider), $"neither its registration nor its metadata names a {endpoint}. Add it to the registration.")]);
}
