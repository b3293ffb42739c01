namespace Digibee.Accounts;

/// <summary>Reads accounts from a vault.</summary>
public static class AccountVaultExtensions
{
    /// <summary>Gives an account.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels this caller's wait only.</param>
    /// <returns>The account as it is now. Do not keep it: ask again at each use, so that a change is in force.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    public static async ValueTask<Account> GetAsync(this IAccountVault vault, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return (await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false)).Account;
    }

    /// <summary>Gives an account of the type that the caller needs.</summary>
    /// <typeparam name="TAccount">The type.</typeparam>
    /// <param name="vault">The vault.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels this caller's wait only.</param>
    /// <returns>The account as it is now.</returns>
    /// <exception cref="AccountTypeMismatchException">The account is of another type.</exception>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    public static async ValueTask<TAccount> GetAsync<TAccount>(this IAccountVault vault, string name, CancellationToken cancellationToken = default)
        where TAccount : Account
    {
        var account = await GetAsync(vault, name, cancellationToken).ConfigureAwait(false);
        return account as TAccount ?? throw new AccountTypeMismatchException(
            account.Name, $"Account '{account.Name}' is of type {account.Type.DisplayName}; a {typeof(TAccount).Name} is needed here. Use another account, or save this one as that type.");
    }

    /// <summary>Tells whether there is an account that this program may use.</summary>
    /// <param name="vault">The vault.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels this caller's wait only.</param>
    /// <returns><see langword="false"/> when it does not exist, is deleted, or is not for this project.</returns>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">There is one, but its stored bytes do not open.</exception>
    public static async ValueTask<bool> ExistsAsync(this IAccountVault vault, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(vault);
        try
        {
            await vault.OpenAsync(name, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AccountNotFoundException)
        {
            return false;
        }
    }
}
