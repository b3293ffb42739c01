namespace Digibee.Accounts;

/// <summary>The accounts of one realm and environment: opened for use, saved, listed, rolled back. Safe for concurrent use.</summary>
/// <remarks>A name that does not follow the grammar of <see cref="AccountAddress"/> is an <see cref="ArgumentException"/> everywhere. A vault caches opened accounts. What is saved here is in force here at once, and on other nodes when the store's feed reaches them.</remarks>
public interface IAccountVault
{
    /// <summary>Gives an account for use: from the scope of the flow, from the program's configuration, from the cache or the store, in this order.</summary>
    /// <param name="name">The name, in this vault's realm and environment.</param>
    /// <param name="cancellationToken">Cancels this caller's wait only; the read that others wait for goes on.</param>
    /// <returns>The account, the same instance for all callers while it is cached.</returns>
    /// <exception cref="AccountNotFoundException">No such account, it is deleted, or it is not available to <see cref="DigibeeAccountsOptions.Project"/>.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<OpenedAccount> OpenAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Checks, seals and stores an account under a new revision.</summary>
    /// <param name="account">The account. Its name decides the address.</param>
    /// <param name="options">The conditions; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>What was stored, with warnings.</returns>
    /// <exception cref="AccountValidationException">Something in the account is not right; all problems are listed, none with its value.</exception>
    /// <exception cref="AccountConflictException">The stored revision is not the expected one.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. The write may have happened.</exception>
    /// <exception cref="AccountReadOnlyException">The account comes from the program's configuration.</exception>
    ValueTask<AccountSummary> SaveAsync(Account account, AccountSaveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Copies the stored account to another realm or environment, sealed anew there under the same name. Tokens and earlier revisions stay behind; a scope's account of that name is not looked at.</summary>
    /// <param name="name">The name.</param>
    /// <param name="realm">The realm to copy to.</param>
    /// <param name="environment">The environment to copy to.</param>
    /// <param name="options">The conditions there, such as <see cref="AccountSaveOptions.ExpectedRevision"/> 0 to replace nothing; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>What was stored there.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or it is deleted.</exception>
    /// <exception cref="AccountConflictException">What is stored there is not what is expected.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. The write may have happened.</exception>
    /// <exception cref="AccountValidationException">The account is not right by today's limits.</exception>
    ValueTask<AccountSummary> CopyAsync(string name, string realm, string environment, AccountSaveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Makes an earlier revision current again, under a new revision. It also undoes a delete.</summary>
    /// <param name="name">The name.</param>
    /// <param name="revision">A kept revision, from <see cref="GetHistoryAsync"/>.</param>
    /// <param name="options">The conditions; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="AccountNotFoundException">That revision is not kept.</exception>
    /// <exception cref="AccountConflictException">The stored revision is not the expected one.</exception>
    /// <exception cref="AccountSealException">That revision does not open.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. The write may have happened.</exception>
    /// <exception cref="AccountValidationException">That revision is not right by today's limits.</exception>
    /// <exception cref="AccountReadOnlyException">The account comes from the program's configuration.</exception>
    ValueTask<AccountSummary> RollbackAsync(string name, long revision, AccountSaveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes an account: a revision that says "deleted". Earlier revisions stay for the retention, so <see cref="RollbackAsync"/> can undo it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="options">The conditions; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns><see langword="false"/> when there was nothing to delete.</returns>
    /// <exception cref="AccountConflictException">The stored revision is not the expected one.</exception>
    /// <exception cref="AccountInUseException">The account is in use, by another account or lately by an HTTP client, and <see cref="AccountDeleteOptions.EvenIfInUse"/> is not set.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. The write may have happened.</exception>
    /// <exception cref="AccountReadOnlyException">The account comes from the program's configuration.</exception>
    ValueTask<bool> DeleteAsync(string name, AccountDeleteOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads an account from the store, past every cache; one of the configuration, with its variable or file, from there. A stored revision older than one already seen (a restored backup) is accepted from here on.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels this caller's wait.</param>
    /// <returns>A task that ends when the cache holds what the store holds.</returns>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open.</exception>
    /// <exception cref="AccountUnavailableException">The configuration holds a mistake; the accounts of before it stay in force.</exception>
    ValueTask RefreshAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Lists what the configuration and the store say, in order of name. Nothing is opened and nothing authenticated: do not decide by it where a secret may go.</summary>
    /// <param name="query">What to list; <see langword="null"/> for everything.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The accounts, read page by page.</returns>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<AccountSummary> ListAsync(AccountQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the kept revisions of one account, newest first, deletes included. Not authenticated either.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The revisions; none for an unknown name.</returns>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    IAsyncEnumerable<AccountSummary> GetHistoryAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Says which HTTP clients use an account: on this node as of now, on others as of their last save, which is once a minute. Kept for 90 days and for at most 100 clients and revisions; not authenticated.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The uses, the latest first; none for an unknown name.</returns>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    ValueTask<IReadOnlyList<AccountUsage>> GetUsageAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Follows changes in this realm and environment, those of the configuration too, until cancelled. An item without a name means that anything may have changed.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The changes; the first has no name.</returns>
    IAsyncEnumerable<AccountChange> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives the vault of another realm and environment, over the same store, keys and cache.</summary>
    /// <param name="realm">The realm: a tenant.</param>
    /// <param name="environment">The environment.</param>
    /// <returns>That vault. Cheap: keep it or ask again.</returns>
    /// <exception cref="ArgumentException">A part does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    IAccountVault For(string realm, string environment);

    /// <summary>Begins a scope: accounts that only this asynchronous flow, and what it starts, sees.</summary>
    /// <remarks>Call it in the flow itself. Begun inside an <c>async</c> method or an iterator, the scope is lost when that method returns, as every <see cref="AsyncLocal{T}"/> is.</remarks>
    /// <returns>The scope, in this vault's realm and environment. Dispose it in the same flow.</returns>
    AccountScope BeginScope();
}
