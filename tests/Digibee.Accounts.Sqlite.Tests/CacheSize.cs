using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>How many opened accounts one program's vault has cached, as its metric tells.</summary>
internal sealed class CacheSize : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _size;

    public CacheSize(IServiceProvider program)
    {
        var meters = program.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "digibee.accounts.cache.size" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) => _size = size);
        _listener.SetMeasurementEventCallback<long>((_, size, _, _) => _size = size);
        _listener.Start();
    }

    public long Read()
    {
        _listener.RecordObservableInstruments();
        return _size;
    }

    public void Dispose() => _listener.Dispose();
}
