namespace Digibee.Accounts;

/// <summary>Takes accounts out of a vault, sealed, and into one.</summary>
public static class AccountInterchangeExtensions
{
    /// <summary>Writes the stored accounts of a realm and environment as they are sealed: a line of JSON each, in order of name. Names, types and metadata can be read; the rest opens with the key ring alone.</summary>
    /// <remarks>A line stays the same to the byte until its account is saved or sealed again, so two exports can be compared. Each account is opened once, to prove that it can be. Nothing is written before all are.
    /// Accounts of scopes and of the configuration are not stored, so they are not in it; a limit to projects does not keep one out.</remarks>
    /// <param name="vault">The vault of that realm and environment.</param>
    /// <param name="output">Where to. It is not closed.</param>
    /// <param name="query">Which accounts; <see langword="null"/> for all. Deleted ones are never in it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">The vault is not one of this library's.</exception>
    /// <exception cref="AccountSealException">An account does not open.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="InvalidOperationException">The export would be longer than 256 MiB: narrow it by <paramref name="query"/>.</exception>
    public static Task<int> ExportAsync(this IAccountVault vault, Stream output, AccountQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return SealedExport.WriteAsync(Own(vault), output, query, cancellationToken);
    }

    /// <summary>Reads what <see cref="ExportAsync"/> wrote and saves it here, sealed anew under the vault's own ring. Nothing is saved before every line was opened and checked.</summary>
    /// <remarks>A store has no transactions: when a save fails, those before it are taken back, each by a revision of its own. When the process ends in between, repeat the import: what is stored already is left alone.</remarks>
    /// <param name="vault">The vault.</param>
    /// <param name="input">The export; at most 256 MiB and 100,000 lines. It is not closed.</param>
    /// <param name="options">What to do with names that are taken, and where the export is from; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops it; what was saved by then is taken back.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The vault is not one of this library's, or the source in <paramref name="options"/> does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    /// <exception cref="AccountImportException">Lines, accounts or conflicts stand against it, and nothing was saved; or what was saved could not be taken back, and is listed.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. What had been saved was taken back.</exception>
    public static async Task<AccountImportResult> ImportAsync(this IAccountVault vault, Stream input, AccountImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var own = Own(vault);
        var problems = new ImportProblems();
        var accounts = await new SealedImport(own, options ?? new(), problems).ReadAsync(input, cancellationToken).ConfigureAwait(false);
        return await new AccountImportWriter(own, options?.Conflict ?? default, problems).WriteAsync(accounts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Saves several accounts, all or none, as <see cref="ImportAsync"/> does: those that <see cref="PlatformJson"/> and <see cref="AccountImporters"/> give, or any others.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="conflict">What to do with names that are taken.</param>
    /// <param name="cancellationToken">Stops it; what was saved by then is taken back.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The vault is not one of this library's.</exception>
    /// <exception cref="AccountImportException">Accounts or conflicts stand against it, and nothing was saved; or what was saved could not be taken back, and is listed.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. What had been saved was taken back.</exception>
    public static Task<AccountImportResult> SaveAllAsync(
        this IAccountVault vault, IEnumerable<Account> accounts, AccountImportConflict conflict = AccountImportConflict.Fail, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        var numbered = accounts.Select(static (account, index) => new ImportedAccount(index + 1, account ?? throw new ArgumentException("One of the accounts is null.", nameof(accounts)))).ToArray();
        return new AccountImportWriter(Own(vault), conflict, new ImportProblems()).WriteAsync(numbered, cancellationToken);
    }

    private static AccountVault Own(IAccountVault vault)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return vault as AccountVault ?? throw new ArgumentException("It is not a vault that AddDigibeeAccounts or DigibeeAccounts.Create made. Give that one, without what wraps it.", nameof(vault));
    }
}
