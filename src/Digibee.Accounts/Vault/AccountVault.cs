using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>The vault of one realm and environment, over parts that all vaults of a program share.</summary>
internal sealed class AccountVault : IAccountVault
{
    private readonly VaultParts _parts;
    private readonly string _realm;
    private readonly string _environment;

    public AccountVault(VaultParts parts, string realm, string environment)
    {
        _parts = parts;
        _realm = AccountAddress.CheckPart(realm, nameof(realm));
        _environment = AccountAddress.CheckPart(environment, nameof(environment));
        Partition = $"{realm}/{environment}";
    }

    internal string Partition { get; }

    internal string Realm => _realm;

    internal string Environment => _environment;

    internal VaultParts Parts => _parts;

    internal AccountAddress AddressOf(string name) => new(_realm, _environment, name);

    public ValueTask<OpenedAccount> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (_parts.Scopes.Current?.Find(Partition, name) ?? _parts.Opener.Find(Partition, name)) is { } opened
            ? new(ProjectRule.Demand(opened, _parts.Project))
            : ReadAsync(AddressOf(name), cancellationToken);
    }

    public ValueTask<AccountSummary> SaveAsync(Account account, AccountSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return _parts.Writer.SaveAsync(AddressOf(account.Name), account, options?.ExpectedRevision, cancellationToken);
    }

    public async ValueTask<AccountSummary> CopyAsync(string name, string realm, string environment, AccountSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        var target = new AccountAddress(realm, environment, name);

        // Past the project: whoever looks after the accounts copies what no project of this program may use.
        var opened = _parts.Opener.Find(address) ?? await _parts.Opener.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        return await _parts.Writer.SaveAsync(target, opened.Account, options?.ExpectedRevision, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<AccountSummary> RollbackAsync(string name, long revision, AccountSaveOptions? options = null, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        _parts.Configured.DemandStored(address);
        var kept = await _parts.Listing.FindAsync(address, revision, cancellationToken).ConfigureAwait(false);
        return kept is null or { IsDeleted: true }
            ? throw new AccountNotFoundException(address.Name, $"Revision {revision} of account '{address.Name}' is not kept. GetHistoryAsync lists those that are.")
            : await _parts.Writer.RollbackAsync(address, kept, options?.ExpectedRevision, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string name, AccountDeleteOptions? options = null, CancellationToken cancellationToken = default)
    {
        var address = AddressOf(name);
        if (options is not { EvenIfInUse: true })
        {
            await _parts.Referrers.DemandUnusedAsync(address, cancellationToken).ConfigureAwait(false);
            await _parts.Usage.DemandIdleAsync(address, cancellationToken).ConfigureAwait(false);
        }

        var isDeleted = await _parts.Writer.DeleteAsync(address, options?.ExpectedRevision, cancellationToken).ConfigureAwait(false);

        // Also when it was deleted before: the last time may have failed half-way.
        await _parts.Tokens.PurgeAsync(address, cancellationToken).ConfigureAwait(false);
        _parts.TokenSlots.Remove(address);
        await _parts.Usage.ForgetAsync(address, cancellationToken).ConfigureAwait(false);
        return isDeleted;
    }

    public async ValueTask RefreshAsync(string name, CancellationToken cancellationToken = default)
    {
        if (_parts.Configured.Find(Partition, name) is not null)
        {
            _parts.Configured.Refresh(name);
            return;
        }

        var read = await _parts.Reads.RefreshAsync(AddressOf(name)).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (read.Failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(read.Failure);
        }
    }

    public IAsyncEnumerable<AccountSummary> ListAsync(AccountQuery? query = null, CancellationToken cancellationToken = default) =>
        _parts.Configured.Shadow(Partition, query, _parts.Listing.ListAsync(_realm, _environment, query, cancellationToken), cancellationToken);

    public IAsyncEnumerable<AccountSummary> GetHistoryAsync(string name, CancellationToken cancellationToken = default) =>
        _parts.Listing.GetHistoryAsync(AddressOf(name), cancellationToken);

    public ValueTask<IReadOnlyList<AccountUsage>> GetUsageAsync(string name, CancellationToken cancellationToken = default) => _parts.Usage.ListAsync(AddressOf(name), cancellationToken);

    public IAsyncEnumerable<AccountChange> WatchAsync(CancellationToken cancellationToken = default) => _parts.Watchers.WatchAsync(Partition, cancellationToken);

    public IAccountVault For(string realm, string environment) => new AccountVault(_parts, realm, environment);

    public AccountScope BeginScope() => _parts.Scopes.Begin(this);

    /// <summary>Checks an account for a scope, and opens it without storing it.</summary>
    internal (OpenedAccount Opened, AccountSummary Summary) OpenInScope(Account account, long previousRevision, AccountScope scope)
    {
        var (inspection, metadata) = _parts.Writer.Inspect(account);
        var address = AddressOf(account.Name);
        var opened = new OpenedAccount(address, previousRevision + 1, AccountPayload.Copy(account, metadata), scope);
        var summary = new AccountSummary
        {
            Address = address,
            Type = account.Type,
            Revision = opened.Revision,
            Description = account.Description,
            ExpiresAt = account.ExpiresAt,
            KnownExpiry = metadata.KnownExpiry,
            AllowedOrigins = account.AllowedOrigins,
            Projects = account.Projects,
            Facts = metadata.Facts,
            Warnings = NameList.Create([.. inspection.Warnings]),
        };
        return (opened, summary);
    }

    internal void Retire(OpenedAccount opened) => _parts.Retired.Add(opened);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OpenedAccount> ReadAsync(AccountAddress address, CancellationToken cancellationToken) =>
        ProjectRule.Demand(await _parts.Opener.OpenAsync(address, cancellationToken).ConfigureAwait(false), _parts.Project);
}
