using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Accounts that only one asynchronous flow sees, and what it starts: they stand in front of the stored ones of the same name. Begun by <see cref="IAccountVault.BeginScope"/>.</summary>
/// <remarks>Nothing of it is stored, unless <see cref="CommitAsync"/> is asked to. Scopes nest. A task that outlives its scope is refused the scope's names, rather than given the stored
/// accounts behind them. The scope has copies of its accounts: when it has ended, and the last request that uses one is over, their secrets are wiped. What <see cref="IAccountVault.OpenAsync"/>
/// gave in the scope is of no use after it. Safe for concurrent use.</remarks>
public sealed class AccountScope : IDisposable
{
    private readonly AmbientScopes _scopes;
    private readonly AccountVault _vault;
    private readonly ConcurrentDictionary<string, OpenedAccount?> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile bool _isDisposed;

    internal AccountScope(AmbientScopes scopes, AccountVault vault, AccountScope? enclosing)
    {
        _scopes = scopes;
        _vault = vault;
        Enclosing = enclosing;
    }

    internal AccountScope? Enclosing { get; }

    internal bool IsOver => _isDisposed;

    /// <summary>Puts an account into the scope, in place of one of the same name. It is checked as by a save, and in force for the flow's next request.</summary>
    /// <param name="account">The account.</param>
    /// <returns>What was put there, with warnings.</returns>
    /// <exception cref="AccountValidationException">Something in the account is not right; all problems are listed, none with its value.</exception>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public AccountSummary Set(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var replaced = _accounts.GetValueOrDefault(account.Name);
            var (opened, summary) = _vault.OpenInScope(account, replaced?.Revision ?? 0, this);
            _accounts[account.Name] = opened;
            if (replaced is not null)
            {
                LetGo(replaced);
            }

            return summary;
        }
    }

    /// <summary>Stores one of the scope's accounts for good, in the vault the scope was begun by, so that everybody sees it. The scope keeps it too.</summary>
    /// <param name="name">The name. It must be in this scope, not in an enclosing one.</param>
    /// <param name="options">The conditions; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>What was stored.</returns>
    /// <exception cref="AccountNotFoundException">The scope holds no such account.</exception>
    /// <exception cref="AccountConflictException">The stored revision is not the expected one.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached. The write may have happened.</exception>
    /// <exception cref="ObjectDisposedException">The scope has ended.</exception>
    public async ValueTask<AccountSummary> CommitAsync(string name, AccountSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_accounts.GetValueOrDefault(name) is not { } opened || !opened.ScopedSecrets!.TryUse())
        {
            throw NotHere(name);
        }

        try
        {
            return await _vault.SaveAsync(opened.Account, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            opened.ScopedSecrets.EndUse();
        }
    }

    /// <summary>Ends the scope: the flow sees the enclosing scope or the stored accounts again. Secrets are wiped when the last request that uses them is over, keys derived from them a minute later.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var (name, opened) in _accounts)
            {
                if (opened is not null)
                {
                    // The name stays: a task that goes on is told so.
                    _accounts[name] = null;
                    LetGo(opened);
                }
            }
        }

        _scopes.End(this);
    }

    /// <summary>Finds an account in this scope or an enclosing one.</summary>
    /// <exception cref="AccountNotFoundException">It was in a scope that has ended.</exception>
    internal OpenedAccount? Find(string partition, string name)
    {
        for (var scope = this; scope is not null; scope = scope.Enclosing)
        {
            if (scope._vault.Partition == partition && scope._accounts.TryGetValue(name, out var opened))
            {
                return opened ?? throw HasEnded(name);
            }
        }

        return null;
    }

    /// <summary>Opens an account of this scope or an enclosing one, and no stored one in its place.</summary>
    /// <exception cref="AccountNotFoundException">There is none.</exception>
    internal OpenedAccount Open(string name) => Find(_vault.Partition, name) ?? throw NotHere(name);

    internal AccountAddress AddressOf(string name) => _vault.AddressOf(name);

    internal static AccountNotFoundException HasEnded(string name) => new(
        name, $"Account '{name}' was in a scope that has ended, and the stored account of that name does not stand in for it. Keep the scope until all it started is done.");

    private static AccountNotFoundException NotHere(string name) => new(AccountAddress.CheckPart(name, nameof(name)), $"Account '{name}' is not in this scope. Put it there with Set.");

    private void LetGo(OpenedAccount opened)
    {
        opened.ScopedSecrets!.LetGo();
        _vault.Retire(opened);
    }
}
