namespace Digibee.Accounts;

/// <summary>Opens the accounts that another one refers to by name, in its own realm and environment.</summary>
internal sealed class AccountReferences(AccountOpener opener, AmbientScopes scopes, IAccountSource source)
{
    /// <summary>Opens a Private Key account.</summary>
    /// <exception cref="AccountValidationException">It is of another type.</exception>
    public async ValueTask<OpenedAccount> OpenKeyAsync(OpenedAccount referring, string name, string field, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(referring, name, cancellationToken).ConfigureAwait(false);
        return opened.Account is PrivateKeyAccount ? opened : throw new AccountValidationException(
            referring.Address.Name, [new AccountProblem(field, $"account '{name}' is no Private Key account. Name one that is.")]);
    }

    /// <summary>Opens an account.</summary>
    /// <remarks>For a stored account, from the store and past every scope: what one flow of execution has made must not sign for what all share. For an account of a scope, as that scope sees it: a scope inside it must not sign for it either.</remarks>
    public async ValueTask<OpenedAccount> OpenAsync(OpenedAccount referring, string name, CancellationToken cancellationToken)
    {
        var address = new AccountAddress(referring.Address.Realm, referring.Address.Environment, name);
        var opened = (referring.IsScoped ? scopes.Find(referring.ScopeId)?.Find(address.Partition, address.Name) : null)
            ?? opener.Find(address)
            ?? await opener.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        if (referring.IsScoped)
        {
            ProjectRule.Demand(opened, source.DefaultProject);
        }

        return opened;
    }

    /// <summary>Checks that a referred account may be used at an endpoint: a reference does not widen where it goes.</summary>
    /// <exception cref="AccountOriginException">Its own origins do not list it.</exception>
    public static void DemandOrigin(OpenedAccount referred, Uri endpoint)
    {
        var account = referred.Account;
        var origins = account.AllowedOrigins.Count > 0 ? account.AllowedOrigins : account.NaturalOrigins;
        if (!Origin.TryCreate(endpoint, out var origin) || !origins.Allows(origin))
        {
            throw new AccountOriginException(account.Name, $"Account '{account.Name}' was not used at {(origin == default ? "the token endpoint" : origin)}: its AllowedOrigins do not list that origin. Add it there, if the account is meant for it.");
        }
    }
}
