using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>The numbers of log messages. What they may bind is a rule of <see cref="SecretRules"/>.</summary>
public sealed class LogConventionTests
{
    // A hundred for each area; docs/architecture.md says which.
    private static readonly int[] Areas = [1, 2, 3, 4];

    private static readonly LoggerMessageAttribute[] Messages =
        [.. typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void EventIds_OfAllMessages_AreUniqueAndInAnArea()
    {
        Messages.Should().NotBeEmpty();
        Messages.Select(static message => message.EventId).Should().OnlyHaveUniqueItems().And.OnlyContain(static id => Areas.Contains(id / 100));
    }

    [Fact]
    public void EventNames_OfAllMessages_AreTheirMethods() =>
        typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(static method => method.GetCustomAttribute<LoggerMessageAttribute>() is { } message && message.EventName != method.Name).Should().BeEmpty();

    [Fact]
    public void Messages_OfTheLibrary_AreDeclaredInOneClass() =>
        Repository.SourcesOf("src").Where(static file => file.Text.Contains("[LoggerMessage", StringComparison.Ordinal)).Select(static file => file.Path)
            .Should().OnlyContain(static path => path.EndsWith("/Diagnostics/Log.cs", StringComparison.Ordinal));

    [Fact]
    public void EventIds_OfAllMessages_StandInAscendingOrder() =>
        Messages.Select(static message => message.EventId).Should().BeInAscendingOrder();
}
