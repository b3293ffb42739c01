using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>Collects every trace and metric of the process while it lives: names, tags, events, links, baggage and states of all activities, and names and tags of all measurements.</summary>
/// <remarks>Safe for concurrent use. It listens to all sources, so that activities are made which otherwise would not be; make one only in tests, and dispose it.</remarks>
public sealed class LeakCanaryTelemetry : IDisposable
{
    private readonly ConcurrentQueue<string> _entries = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    /// <summary>Initializes a new instance and begins to listen.</summary>
    public LeakCanaryTelemetry()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_activities);

        _meters = new MeterListener { InstrumentPublished = Add };
        _meters.SetMeasurementEventCallback<byte>(Add);
        _meters.SetMeasurementEventCallback<short>(Add);
        _meters.SetMeasurementEventCallback<int>(Add);
        _meters.SetMeasurementEventCallback<long>(Add);
        _meters.SetMeasurementEventCallback<float>(Add);
        _meters.SetMeasurementEventCallback<double>(Add);
        _meters.SetMeasurementEventCallback<decimal>(Add);
        _meters.Start();
    }

    /// <summary>Gets all that was collected so far, for <see cref="LeakCanary.ThrowIfFound(string, string?)"/>. Observable instruments are read first. An activity is collected when it ends.</summary>
    public string Text
    {
        get
        {
            _meters.RecordObservableInstruments();
            return string.Join('\n', _entries);
        }
    }

    /// <summary>Stops listening and keeps what was collected.</summary>
    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Add(Activity activity)
    {
        _entries.Enqueue($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.Status} {activity.StatusDescription} {activity.TraceStateString}");
        _entries.Enqueue(CapturedText.Of(activity.TagObjects));
        _entries.Enqueue(CapturedText.Of(activity.Baggage));
        foreach (var item in activity.Events)
        {
            _entries.Enqueue(item.Name);
            _entries.Enqueue(CapturedText.Of(item.Tags));
        }

        foreach (var link in activity.Links)
        {
            _entries.Enqueue($"{link.Context.TraceState}");
            _entries.Enqueue(CapturedText.Of(link.Tags));
        }
    }

    private void Add(Instrument instrument, MeterListener listener)
    {
        _entries.Enqueue($"{instrument.Meter.Name} {instrument.Name} {instrument.Unit} {instrument.Description}");
        _entries.Enqueue(CapturedText.Of(instrument.Tags));
        _entries.Enqueue(CapturedText.Of(instrument.Meter.Tags));
        listener.EnableMeasurementEvents(instrument);
    }

    private void Add<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        _entries.Enqueue($"{instrument.Name} {measurement}");
        _entries.Enqueue(CapturedText.Of(tags.ToArray()));
    }
}
