using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Digibee.Accounts;

/// <summary>The accounts that the program's configuration holds: before the store, read only, and as the configuration is now. A change that holds a mistake is not taken at all.</summary>
internal sealed class ConfiguredAccounts : IDisposable
{
    private readonly AccountConfigurationRegistration[] _registrations;
    private readonly ConfiguredAccountsLoader _loader;
    private readonly RetiredAccounts _retired;
    private readonly FeedWatchers _watchers;
    private readonly TokenSlots _tokens;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _subscriptions = [];
    private volatile IReadOnlyList<string> _problems = [];

    // Null where nothing is configured: programs without do not pay for the look.
    private volatile ConfiguredAccountLayer? _layer;

    public ConfiguredAccounts(
        IEnumerable<AccountConfigurationRegistration> registrations,
        IOptions<DigibeeAccountsOptions> options,
        TimeProvider time,
        RetiredAccounts retired,
        FeedWatchers watchers,
        TokenSlots tokens,
        ILogger<AccountVault> logger,
        IHostEnvironment? host = null)
    {
        _registrations = [.. registrations];
        _loader = new ConfiguredAccountsLoader(options.Value, host?.IsDevelopment() == true, time);
        _retired = retired;
        _watchers = watchers;
        _tokens = tokens;
        _logger = logger;
        if (_registrations.Length == 0)
        {
            return;
        }

        // Followed first: what changes between the two is read twice, and not missed.
        foreach (var registration in _registrations)
        {
            _subscriptions.Add(ChangeToken.OnChange(registration.Section.GetReloadToken, () => Reload()));
        }

        if (Reload() is { Count: > 0 } problems)
        {
            Dispose();
            throw new OptionsValidationException(nameof(AccountConfigurationOptions), typeof(AccountConfigurationOptions), problems);
        }
    }

    public int Count => _layer?.Accounts.Count ?? 0;

    /// <summary>Gets what is wrong with the last change; empty when it was taken.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public OpenedAccount? Find(AccountAddress address) => _layer?.Find(address)?.Opened;

    public OpenedAccount? Find(string partition, string name) => _layer?.Find(partition, name)?.Opened;

    /// <summary>Gives the name of a configured account that refers to this one; <see langword="null"/> when none does.</summary>
    public string? FindReferrer(AccountAddress address)
    {
        foreach (var account in _layer?.Accounts ?? [])
        {
            var opened = account.Opened;
            if (opened.Address.Partition == address.Partition && opened.Account.References.Contains(address.Name, StringComparer.Ordinal))
            {
                return opened.Address.Name;
            }
        }

        return null;
    }

    /// <summary>Refuses to change what stands in the configuration.</summary>
    /// <exception cref="AccountReadOnlyException">The account does.</exception>
    public void DemandStored(AccountAddress address)
    {
        if (Find(address) is not null)
        {
            throw new AccountReadOnlyException(address.Name, $"Account '{address.Name}' comes from the program's configuration and is read only here. Change it there, or take it out there first.");
        }
    }

    /// <summary>Reads the configuration again, with the variables and files it names.</summary>
    /// <exception cref="AccountUnavailableException">It holds a mistake.</exception>
    public void Refresh(string accountName)
    {
        if (Reload() is { Count: > 0 } problems)
        {
            throw new AccountUnavailableException(accountName, $"The configured accounts were not read again, and those of before stay in force: {string.Join(" ", problems)}", isTransient: false);
        }
    }

    /// <summary>Puts the configured accounts into a listing, in place of stored ones of the same name.</summary>
    public async IAsyncEnumerable<AccountSummary> Shadow(
        string partition, AccountQuery? query, IAsyncEnumerable<AccountSummary> stored, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var layer = _layer;
        var configured = layer?.Select(partition, query) ?? [];
        var next = 0;
        await foreach (var summary in stored.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            while (next < configured.Length && string.CompareOrdinal(configured[next].Opened.Address.Name, summary.Address.Name) < 0)
            {
                yield return configured[next++].Summary;
            }

            if (layer?.Find(summary.Address) is null)
            {
                yield return summary;
            }
        }

        while (next < configured.Length)
        {
            yield return configured[next++].Summary;
        }
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    private IReadOnlyList<string> Reload()
    {
        lock (_lock)
        {
            var before = _layer;
            var accounts = _loader.Load(_registrations, before, out var problems);
            _problems = problems;
            if (problems.Count > 0)
            {
                if (before is not null)
                {
                    _logger.ConfigurationNotTaken(string.Join(" ", problems));
                }

                return problems;
            }

            var after = new ConfiguredAccountLayer(accounts);
            _layer = after;
            _logger.AccountsConfigured(accounts.Count);
            foreach (var (accountName, warning) in _loader.Warnings)
            {
                _logger.ConfiguredAccountDoubtful(accountName, warning);
            }

            Retire(before, after);
            return [];
        }
    }

    // What stayed as it was is the same instance, so its header, its connections and its tokens go on.
    private void Retire(ConfiguredAccountLayer? before, ConfiguredAccountLayer after)
    {
        foreach (var account in after.Accounts)
        {
            if (before?.Find(account.Opened.Address)?.Opened != account.Opened)
            {
                Tell(account.Opened.Address, account.Opened.Revision);
            }
        }

        foreach (var account in before?.Accounts ?? [])
        {
            var current = after.Find(account.Opened.Address);
            if (current?.Opened != account.Opened)
            {
                _retired.Add(account.Opened);
            }

            if (current is null)
            {
                _tokens.Remove(account.Opened.Address);
                Tell(account.Opened.Address, revision: 0);
            }
        }
    }

    private void Tell(AccountAddress address, long revision) => _watchers.Offer(new RecordChange(AccountReader.KeyOf(address), revision));
}
