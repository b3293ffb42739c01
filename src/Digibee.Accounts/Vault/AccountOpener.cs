using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Gives an account that is current: from the configuration, from the cache, or by one store read for all who wait; and during an outage of the store, for a while, what was current before it.</summary>
internal sealed class AccountOpener
{
    private readonly ConfiguredAccounts _configured;
    private readonly AccountReads _reads;
    private readonly OpenedAccountCache _cache;
    private readonly UnknownNames _unknown;
    private readonly StoreFeed _feed;
    private readonly StoreStatus _status;
    private readonly TimeProvider _time;
    private readonly VaultMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeSpan _staleTime;
    private readonly TimeSpan _outageTolerance;

    public AccountOpener(
        ConfiguredAccounts configured,
        AccountReads reads,
        OpenedAccountCache cache,
        UnknownNames unknown,
        StoreFeed feed,
        StoreStatus status,
        TimeProvider time,
        VaultMetrics metrics,
        IOptions<DigibeeAccountsOptions> options,
        ILogger<AccountVault> logger)
    {
        _configured = configured;
        _reads = reads;
        _cache = cache;
        _unknown = unknown;
        _feed = feed;
        _status = status;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _staleTime = options.Value.CacheStaleTime;
        _outageTolerance = options.Value.StoreOutageTolerance;
    }

    /// <summary>Gives what is configured, or cached and current, without any wait; else <see langword="null"/>.</summary>
    public OpenedAccount? Find(AccountAddress address) => _configured.Find(address) ?? Current(_cache.Find(address));

    /// <inheritdoc cref="Find(AccountAddress)"/>
    public OpenedAccount? Find(string partition, string name) => _configured.Find(partition, name) ?? Current(_cache.Find(partition, name));

    /// <summary>Gives the account, from the store where it has to.</summary>
    public async ValueTask<OpenedAccount> OpenAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        if (_configured.Find(address) is { } configured)
        {
            return configured;
        }

        _feed.Start();
        if (_unknown.Contains(address))
        {
            throw NotFound(address);
        }

        if (_status.IsDown && Servable(address) is { } cached)
        {
            if (_status.TakeProbe())
            {
                // Nobody waits for it: it finds out whether the store is back.
                _ = _reads.JoinAsync(address);
                _logger.StaleAccountsServed(address.Name);
            }

            return ServeStale(cached);
        }

        var read = await _reads.JoinAsync(address).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (read.Failure is AccountUnavailableException && Servable(address) is { } servable)
        {
            _logger.StaleAccountsServed(address.Name);
            return ServeStale(servable);
        }

        if (read.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(read.Failure);
        }

        return read.Opened ?? throw NotFound(address);
    }

    public static AccountNotFoundException NotFound(AccountAddress address) => new(
        address.Name,
        $"There is no account '{address.Name}' in realm '{address.Realm}', environment '{address.Environment}'. Save it there, or correct the name or the Environment option.");

    private OpenedAccount? Current(CacheEntry? entry)
    {
        if (entry is null || !IsCurrent(entry))
        {
            return null;
        }

        // Written only when it changes: the line is shared by all cores.
        if (!entry.WasUsed)
        {
            entry.WasUsed = true;
        }

        return entry.Opened;
    }

    // While the feed is proved alive this costs no clock.
    private bool IsCurrent(CacheEntry entry)
    {
        var aliveEpoch = _feed.AliveEpoch;
        return !entry.IsOutdated
            && (aliveEpoch != 0 ? entry.Epoch == aliveEpoch : _time.GetElapsedTime(LastCurrent(entry)) < _staleTime);
    }

    private long LastCurrent(CacheEntry entry) =>
        _feed.EndOf(entry.Epoch) is { } end ? Math.Max(end, entry.ConfirmedAt) : entry.ConfirmedAt;

    private CacheEntry? Servable(AccountAddress address) =>
        _cache.Find(address) is { } entry && _time.GetElapsedTime(LastCurrent(entry)) <= _staleTime + _outageTolerance ? entry : null;

    private OpenedAccount ServeStale(CacheEntry entry)
    {
        entry.WasUsed = true;
        _metrics.ServedStale();
        return entry.Opened;
    }
}
