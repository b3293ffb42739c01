#pragma warning disable CA1848, CA1873 // Logged as programs log; nobody measures it.
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

public sealed class LeakCanaryLoggerProviderTests
{
    private static readonly LeakCanary Canary = new();

    private static readonly Dictionary<string, Action<ILogger>> Plants = new(StringComparer.Ordinal)
    {
        ["message"] = static logger => logger.Log(LogLevel.Trace, default, 0, null, static (_, _) => "it is " + Canary.Value),
        ["value"] = static logger => logger.LogTrace("it is {Value}", Canary.Value),
        ["value the message leaves out"] = static logger => logger.Log(LogLevel.Trace, default, new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = Canary.Value }, null, static (_, _) => "nothing"),
        ["bytes"] = static logger => logger.Log(LogLevel.Trace, default, new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = Canary.Secret.RevealBytes().ToArray() }, null, static (_, _) => "nothing"),
        ["list"] = static logger => logger.LogTrace("it is {Value}", new List<object> { 1, new[] { Canary.Value } }),
        ["exception"] = static logger => logger.LogTrace(new FormatException("outer", new FormatException("inner") { Data = { ["a"] = Canary.Value } }), "failed"),
        ["scope"] = static logger =>
        {
            using (logger.BeginScope(new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = Canary.Value }))
            {
                logger.LogTrace("nothing");
            }
        },
        ["event name"] = static logger => logger.Log(LogLevel.Trace, new EventId(1, Canary.Value), "nothing"),
    };

    public static TheoryData<string> PlantNames => [.. Plants.Keys];

    [Theory]
    [MemberData(nameof(PlantNames))]
    public void Text_WhenAPlantWasLogged_HoldsIt(string plant)
    {
        using var provider = new LeakCanaryLoggerProvider();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(provider).SetMinimumLevel(LogLevel.Trace));

        Plants[plant](factory.CreateLogger("test"));

        Canary.Find(provider.Text).Should().NotBeNull();
    }

    [Fact]
    public void Text_WhenALoggerIsUsedWithoutAFactory_HoldsScopesToo()
    {
        using var provider = new LeakCanaryLoggerProvider();
        var logger = provider.CreateLogger("category");

        using (logger.BeginScope("outer scope"))
        {
            logger.LogInformation("inside");
        }

        logger.LogInformation("outside");
        provider.Text.Should().Contain("Information category 0: inside").And.Contain("outer scope");
        provider.Text[provider.Text.IndexOf("outside", StringComparison.Ordinal)..].Should().NotContain("scope");
    }
}
