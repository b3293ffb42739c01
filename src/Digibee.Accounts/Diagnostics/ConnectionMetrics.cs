using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>The meter <c>Digibee.Accounts</c>, as far as connection accounts feed it. Tags are reasons, never names.</summary>
internal sealed class ConnectionMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _retired;

    public ConnectionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(VaultMetrics.MeterName);
        _retired = _meter.CreateCounter<long>(
            "digibee.accounts.connection_identities.retired", "{handler}", "Handlers of connection accounts that were let go, by reason: rotated (the account was replaced, deleted, or its scope ended), idle, capacity, closed.");
    }

    public void Observe(Func<int> live) => _meter.CreateObservableUpDownCounter(
        "digibee.accounts.connection_identities.live", live, "{handler}", "Handlers whose connections belong to one set of accounts alone.");

    public void Retired(string reason) => _retired.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
