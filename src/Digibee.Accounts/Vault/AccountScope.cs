using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Accounts that only one asynchronous flow sees, and what it starts: they stand in front of the stored ones of the same name. Begun by <see cref="IAccountVault.BeginScope"/>.</summary>
/// <remarks>Nothing of it is stored. Scopes nest. A task that outlives its scope is refused the scope's names, rather than given the stored accounts behind them. Safe for concurrent use.</remarks>
public sealed class AccountScope : IDisposable
{
    private readonly AmbientScopes _scopes;
    private readonly AccountVault _vault;
    private readonly ConcurrentDictionary<string, OpenedAccount?> _accounts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile bool _isDisposed;

    internal AccountScope(AmbientScopes scopes, AccountVault vault, long id, AccountScope? enclosing)
    {
        _scopes = scopes;
        _vault = vault;
        Id = id;
        Enclosing = enclosing;
    }

    internal long Id { get; }

    internal AccountScope? Enclosing { get; }

    internal bool HasEnded => _isDisposed;

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
            var (opened, summary) = _vault.OpenInScope(account, replaced?.Revision ?? 0, Id);
            _accounts[account.Name] = opened;
            if (replaced is not null)
            {
                _vault.Retire(replaced);
            }

            return summary;
        }
    }

    /// <summary>Ends the scope: the flow sees the enclosing scope or the stored accounts again. Keys derived from its accounts are wiped a minute later.</summary>
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
                    _vault.Retire(opened);
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
                return opened ?? throw new AccountNotFoundException(
                    name, $"Account '{name}' was in a scope that has ended, and the stored account of that name does not stand in for it. Keep the scope until all it started is done.");
            }
        }

        return null;
    }
}
