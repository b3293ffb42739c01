namespace Digibee.Accounts;

/// <summary>What the HTTP pipeline needs of the vault: an account by full address, for a project, from the ambient scope or a given one.</summary>
internal interface IAccountSource
{
    /// <summary>Gets the realm and environment of accounts that are named without them.</summary>
    string DefaultRealm { get; }

    string DefaultEnvironment { get; }

    /// <summary>Gets the project of requests that name none.</summary>
    string? DefaultProject { get; }

    /// <summary>Opens an account. The ambient scope is read here, at the head of a request, and nowhere else.</summary>
    ValueTask<OpenedAccount> OpenAsync(AccountAddress address, string? project, CancellationToken cancellationToken);

    /// <summary>Opens an account again for the repetition of a request, from where it came: a stored one as it is stored now, one of a scope as it was.</summary>
    ValueTask<OpenedAccount> ReopenAsync(OpenedAccount opened, string? project, CancellationToken cancellationToken);
}
