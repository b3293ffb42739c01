using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace Digibee.Accounts;

/// <summary>What the platform itself reports of a request while a query key is on it: traces, meters and events show none of it.</summary>
public sealed class PlatformTelemetryTests : NetworkTest
{
    [Fact]
    public async Task SendAsync_OfAQueryKey_IsTracedWithoutIt()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        var tags = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "System.Net.Http",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}"))}"),
        };
        ActivitySource.AddActivityListener(listener);
        using var client = new HttpClient(accounts.CreateHandler(["api-key-query", "basic"], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/traced?a=1");

        tags.Should().Contain(static text => text.Contains("url.full=https://api.example/traced")).And.OnlyContain(static text => !text.Contains("s3cr3t") && !text.Contains("api%20key"));
    }

    [Fact]
    public async Task SendAsync_OfAQueryKey_IsMeasuredWithoutIt()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        var tags = new ConcurrentQueue<string>();
        using var listener = new MeterListener { InstrumentPublished = static (instrument, self) => { if (instrument.Meter.Name == "System.Net.Http") { self.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<double>((instrument, _, values, _) => tags.Enqueue($"{instrument.Name} {string.Join(' ', values.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();
        using var client = new HttpClient(accounts.CreateHandler(["api-key-query", "basic"], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/measured?a=1");

        tags.Should().Contain(static text => text.StartsWith("http.client.request.duration", StringComparison.Ordinal)).And.OnlyContain(static text => !text.Contains("s3cr3t") && !text.Contains("key"));
    }

    [Fact]
    public async Task SendAsync_OfAQueryKey_RaisesNoEventWithIt()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var listener = new HttpEvents();
        using var client = new HttpClient(accounts.CreateHandler(["api-key-query", "basic"], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/listened?a=1");

        listener.Seen.Should().Contain(static text => text.Contains("RequestStart") && text.Contains("/listened")).And.OnlyContain(static text => !text.Contains("s3cr3t"));
    }

    private sealed class HttpEvents : EventListener
    {
        public ConcurrentQueue<string> Seen { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Http")
            {
                EnableEvents(eventSource, EventLevel.LogAlways, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Seen?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IReadOnlyList<object?>)[])}");
    }
}
