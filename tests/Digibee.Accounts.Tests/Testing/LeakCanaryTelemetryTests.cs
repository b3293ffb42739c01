using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

public sealed class LeakCanaryTelemetryTests
{
    private static readonly LeakCanary Canary = new();

    private static readonly Dictionary<string, Action<ActivitySource, Meter>> Plants = new(StringComparer.Ordinal)
    {
        ["activity name"] = static (source, _) => source.StartActivity(Canary.Value)!.Dispose(),
        ["tag"] = static (source, _) => Stop(source, static activity => activity.SetTag("key", Canary.Value)),
        ["tag that is no string"] = static (source, _) => Stop(source, static activity => activity.SetTag("key", new[] { 1, (object)Canary.Value })),
        ["status"] = static (source, _) => Stop(source, static activity => activity.SetStatus(ActivityStatusCode.Error, Canary.Value)),
        ["event"] = static (source, _) => Stop(source, static activity => activity.AddEvent(new ActivityEvent("e", tags: new() { ["key"] = Canary.Value }))),
        ["exception"] = static (source, _) => Stop(source, static activity => activity.AddException(new FormatException(Canary.Value))),
        ["link"] = static (source, _) => Stop(source, static activity => activity.AddLink(new ActivityLink(default, new() { ["key"] = Canary.Value }))),
        ["baggage"] = static (source, _) => Stop(source, static activity => activity.SetBaggage("key", Canary.Value)),
        ["trace state"] = static (source, _) => Stop(source, static activity => activity.TraceStateString = Canary.Value),
        ["measurement"] = static (_, meter) => meter.CreateCounter<long>("count").Add(1, new KeyValuePair<string, object?>("key", Canary.Value)),
        ["histogram"] = static (_, meter) => meter.CreateHistogram<double>("time").Record(1, new KeyValuePair<string, object?>("key", Canary.Value)),
        ["gauge"] = static (_, meter) => meter.CreateObservableGauge("gauge", static () => new Measurement<int>(1, new KeyValuePair<string, object?>("key", Canary.Value))),
        ["instrument"] = static (_, meter) => meter.CreateCounter<int>("described", description: Canary.Value),
    };

    public static TheoryData<string> PlantNames => [.. Plants.Keys];

    [Theory]
    [MemberData(nameof(PlantNames))]
    public void Text_WhenAPlantWasRecorded_HoldsIt(string plant)
    {
        using var telemetry = new LeakCanaryTelemetry();
        using var source = new ActivitySource("Digibee.Accounts.Tests." + plant);
        using var meter = new Meter("Digibee.Accounts.Tests." + plant);
        Canary.Find(telemetry.Text).Should().BeNull();

        Plants[plant](source, meter);

        Canary.Find(telemetry.Text).Should().NotBeNull();
    }

    [Fact]
    public void Text_AfterDispose_HoldsWhatWasCollectedBefore()
    {
        using var source = new ActivitySource("Digibee.Accounts.Tests.Disposed");
        var telemetry = new LeakCanaryTelemetry();
        source.StartActivity("before the end")!.Dispose();

        telemetry.Dispose();

        source.StartActivity("after the end")?.Dispose();
        telemetry.Text.Should().Contain("before the end").And.NotContain("after the end");
    }

    private static void Stop(ActivitySource source, Action<Activity> plant)
    {
        using var activity = source.StartActivity("activity");
        plant(activity!);
    }
}
