using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

// Placeholder until the vault is merged: accounts in a dictionary.
internal sealed class AccountVault(IOptions<DigibeeAccountsOptions> options) : IAccountVault, IAccountSource
{
    private readonly ConcurrentDictionary<AccountAddress, OpenedAccount> _accounts = new();

    public string DefaultRealm => options.Value.Realm;

    public string DefaultEnvironment => options.Value.Environment;

    public string? DefaultProject => options.Value.Project;

    public ValueTask<OpenedAccount> OpenAsync(AccountAddress address, string? project, CancellationToken cancellationToken) =>
        _accounts.TryGetValue(address, out var opened) ? new(opened) : throw new AccountNotFoundException(address.Name, "There is no such account.");

    public ValueTask<OpenedAccount> OpenAsync(string name, CancellationToken cancellationToken = default) => OpenAsync(Address(name), null, cancellationToken);

    public ValueTask<AccountSummary> SaveAsync(Account account, AccountSaveOptions? saveOptions = null, CancellationToken cancellationToken = default)
    {
        var address = Address(account.Name);
        _accounts[address] = new OpenedAccount(address, DateTimeOffset.UnixEpoch.Ticks + _accounts.Count, account);
        return new(new AccountSummary { Address = address, Type = account.Type, Revision = 1 });
    }

    public ValueTask<AccountSummary> RollbackAsync(string name, long revision, AccountSaveOptions? saveOptions = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask<bool> DeleteAsync(string name, AccountDeleteOptions? deleteOptions = null, CancellationToken cancellationToken = default) => new(_accounts.TryRemove(Address(name), out _));

    public ValueTask RefreshAsync(string name, CancellationToken cancellationToken = default) => default;

    public IAsyncEnumerable<AccountSummary> ListAsync(AccountQuery? query = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public IAsyncEnumerable<AccountSummary> GetHistoryAsync(string name, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public IAsyncEnumerable<AccountChange> WatchAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public IAccountVault For(string realm, string environment) => throw new NotImplementedException();

    public AccountScope BeginScope() => throw new NotImplementedException();

    private AccountAddress Address(string name) => new(DefaultRealm, DefaultEnvironment, name);
}
