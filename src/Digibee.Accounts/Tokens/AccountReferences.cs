namespace Digibee.Accounts;

/// <summary>Opens the accounts that another one refers to by name, in its own realm and environment. A reference widens nothing: neither where the referred account goes, nor which projects use it.</summary>
internal sealed class AccountReferences(AccountOpener opener, IAccountSource source)
{
    /// <summary>Opens a referred account.</summary>
    /// <remarks>For a stored account, from the store and past every scope: what one flow of execution has made must not sign for what all share. For an account of a scope, as that scope sees it: a scope inside it must not sign for it either.</remarks>
    /// <exception cref="AccountValidationException">It is of another type, or limited to projects that the referring one is not limited to.</exception>
    /// <exception cref="AccountNotFoundException">There is none, or a scope's account may not use it in this project.</exception>
    public async ValueTask<OpenedAccount> OpenAsync(OpenedAccount referring, string name, AccountType type, string field, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(referring, name, field, cancellationToken).ConfigureAwait(false);
        return opened.Account.Type == type ? opened : throw new AccountValidationException(
            referring.Address.Name, [new AccountProblem(field, $"account '{name}' is no {type.DisplayName} account. Name one that is.")]);
    }

    /// <inheritdoc cref="OpenAsync(OpenedAccount, string, AccountType, string, CancellationToken)"/>
    /// <summary>Opens a referred account, of whatever type.</summary>
    public async ValueTask<OpenedAccount> OpenAsync(OpenedAccount referring, string name, string field, CancellationToken cancellationToken)
    {
        var address = new AccountAddress(referring.Address.Realm, referring.Address.Environment, name);
        var opened = referring.Scope?.Find(address.Partition, address.Name)
            ?? opener.Find(address)
            ?? await opener.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        DemandProjects(referring, opened, field);
        return opened;
    }

    /// <summary>Checks that a referred account may be used at an endpoint.</summary>
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

    // By the accounts and not by who asks: tokens are asked for once for all who may use the referring account. One of a scope is used by that scope's flow alone.
    private void DemandProjects(OpenedAccount referring, OpenedAccount referred, string field)
    {
        var allowed = referred.Account.Projects;
        var projects = referring.Account.Projects;
        if (allowed.Count == 0 || (projects.Count > 0 && projects.All(allowed.Contains)))
        {
            return;
        }

        if (referring.IsScoped)
        {
            ProjectRule.Demand(referred, source.DefaultProject);
            return;
        }

        throw new AccountValidationException(
            referring.Address.Name, [new AccountProblem(field, $"account '{referred.Address.Name}' is limited to certain projects, and this one is there for others too. Limit its Projects to those, or add them to that account's.")]);
    }
}
