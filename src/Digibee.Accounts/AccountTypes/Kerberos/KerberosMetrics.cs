using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>The meter <c>Digibee.Accounts</c>, as far as Kerberos feeds it. Tags are kinds and outcomes, never names.</summary>
internal sealed class KerberosMetrics
{
    private readonly Counter<long> _exchanges;
    private readonly Counter<long> _evictions;
    private readonly UpDownCounter<long> _tickets;

    public KerberosMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(VaultMetrics.MeterName);
        _exchanges = meter.CreateCounter<long>("digibee.accounts.kerberos.exchanges", "{exchange}", "Requests for tickets, by kind (as, tgs) and outcome (granted, refused, unavailable).");
        _evictions = meter.CreateCounter<long>("digibee.accounts.kerberos.evictions", "{ticket}", "Tickets that left their account's cache for want of room.");
        _tickets = meter.CreateUpDownCounter<long>("digibee.accounts.kerberos.tickets", "{ticket}", "Tickets in the caches of all accounts.");
    }

    public void Exchanged(string kind, string outcome) =>
        _exchanges.Add(1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("outcome", outcome));

    public void Evicted() => _evictions.Add(1);

    public void Kept(int change) => _tickets.Add(change);
}
