using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Digibee.Accounts;

/// <summary>Reports whether the account store answers, whether its changes and those of the configuration are followed, and how much is served in spite of it. Names and counts only. Safe for concurrent use.</summary>
/// <remarks><c>services.AddHealthChecks().AddCheck&lt;DigibeeAccountsHealthCheck&gt;("accounts")</c>, in a program that has called <c>AddDigibeeAccounts</c>.</remarks>
public sealed class DigibeeAccountsHealthCheck : IHealthCheck
{
    private static readonly RecordKey Probe = new(RecordKinds.Account, "health/health", "health");

    private readonly IAccountStore _store;
    private readonly StoreStatus _status;
    private readonly StoreFeed _feed;
    private readonly OpenedAccountCache _cache;
    private readonly VaultMetrics _metrics;
    private readonly ConfiguredAccounts _configured;

    internal DigibeeAccountsHealthCheck(IAccountStore store, StoreStatus status, StoreFeed feed, OpenedAccountCache cache, VaultMetrics metrics, ConfiguredAccounts configured)
    {
        _store = store;
        _status = status;
        _feed = feed;
        _cache = cache;
        _metrics = metrics;
        _configured = configured;
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await _store.GetAsync(Probe, cancellationToken).ConfigureAwait(false);
            _status.Answered();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _status.Failed();
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"The account store does not answer ({exception.GetType().Name}); cached accounts are served for a while.", data: Data());
        }

        if (_configured.Problems.Count > 0)
        {
            return HealthCheckResult.Degraded("A change of the configured accounts holds mistakes, which the log names; the accounts of before it are in force.", data: Data());
        }

        // Before anybody has opened an account nothing is followed yet, and nothing is cached that could be old.
        return _feed.AliveEpoch == 0 && _cache.Count > 0
            ? HealthCheckResult.Degraded("The account store answers, but its feed is interrupted: changes made elsewhere are seen later.", data: Data())
            : HealthCheckResult.Healthy("The account store answers.", Data());
    }

    private Dictionary<string, object> Data() => new(StringComparer.Ordinal)
    {
        ["accountsCached"] = _cache.Count,
        ["accountsConfigured"] = _configured.Count,
        ["accountsServedStale"] = _metrics.StaleTotal,
        ["configurationProblems"] = _configured.Problems.Count,
        ["feedAlive"] = _feed.AliveEpoch != 0,
        ["storeDownSeconds"] = (long)(_status.DownFor?.TotalSeconds ?? 0),
    };
}
