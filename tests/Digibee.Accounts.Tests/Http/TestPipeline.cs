using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>A pipeline put together by hand, for tests that need no container.</summary>
internal static class TestPipeline
{
    private static readonly ConditionalWeakTable<ConnectionPool, IMeterFactory> Meters = [];

    public static AccountPipeline Create(IAccountSource source, params AccountTypeHandler[] types) => new(source, types, CreatePool(), NullLogger<AccountHandler>.Instance);

    public static ConnectionPool CreatePool(TimeProvider? time = null, Action<DigibeeAccountsOptions>? configure = null, RetiredAccounts? retired = null)
    {
        var options = new DigibeeAccountsOptions();
        configure?.Invoke(options);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var pool = new ConnectionPool(time ?? TimeProvider.System, new ConnectionMetrics(meters), retired ?? new RetiredAccounts(time ?? TimeProvider.System), Options.Create(options));
        Meters.Add(pool, meters);
        return pool;
    }

    /// <summary>Lets a listener hear this pool's instruments, and no other's.</summary>
    public static void EnableMeasurements(this ConnectionPool pool, MeterListener listener)
    {
        Meters.TryGetValue(pool, out var meters);
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.Start();
    }
}
