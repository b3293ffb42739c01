using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>The meter <c>Digibee.Accounts</c>, as far as tokens feed it. Tags are outcomes, never names.</summary>
internal sealed class TokenMetrics
{
    private readonly Counter<long> _acquired;

    public TokenMetrics(IMeterFactory meters, TokenSlots slots)
    {
        var meter = meters.Create(VaultMetrics.MeterName);
        _acquired = meter.CreateCounter<long>("digibee.accounts.token.acquire", "{token}", "Attempts at a token, by outcome: obtained, refused, unavailable.");
        meter.CreateObservableUpDownCounter("digibee.accounts.token.cache.size", () => slots.Count, "{grant}", "Grants whose tokens are in memory.");
    }

    public void Acquired(string outcome) => _acquired.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
