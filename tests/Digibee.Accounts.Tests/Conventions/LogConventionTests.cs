using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>The numbers of log messages. What they may bind is a rule of <see cref="SecretRules"/>.</summary>
public sealed class LogConventionTests
{
    // A hundred for each area; docs/architecture.md says which.
    private static readonly int[] Areas = [1, 2, 3, 4];

    // One class for each package: a vocabulary is read in one piece.
    private static readonly Type[] Classes = [typeof(Log), SatelliteLog(typeof(AccountMailOptions), "MailLog"), SatelliteLog(typeof(SqliteStoreOptions), "SqliteLog")];

    private static readonly MethodInfo[] Methods = [.. Classes.SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))];

    private static readonly LoggerMessageAttribute[] Messages = [.. Methods.Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void EventIds_OfAllMessages_AreUniqueAndInAnArea()
    {
        Messages.Should().NotBeEmpty();
        Messages.Select(static message => message.EventId).Should().OnlyHaveUniqueItems().And.OnlyContain(static id => Areas.Contains(id / 100));
    }

    [Fact]
    public void EventNames_OfAllMessages_AreTheirMethods() =>
        Methods.Where(static method => method.GetCustomAttribute<LoggerMessageAttribute>() is { } message && message.EventName != method.Name).Should().BeEmpty();

    [Fact]
    public void Messages_OfTheLibrary_AreDeclaredInOneClassAPackage() =>
        Repository.SourcesOf("src").Where(static file => file.Text.Contains("[LoggerMessage", StringComparison.Ordinal)).Select(static file => file.Path)
            .Should().BeEquivalentTo("src/Digibee.Accounts/Diagnostics/Log.cs", "src/Digibee.Accounts.Mail/MailLog.cs", "src/Digibee.Accounts.Sqlite/SqliteLog.cs");

    [Fact]
    public void EventIds_OfOneClass_StandInAscendingOrder() =>
        Classes.Should().OnlyContain(static type => Ids(type).SequenceEqual(Ids(type).Order()));

    private static IEnumerable<int> Ids(Type type) => Methods.Where(method => method.DeclaringType == type).Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().Select(static message => message.EventId);

    private static Type SatelliteLog(Type neighbour, string name) => neighbour.Assembly.GetType($"Digibee.Accounts.{name}", throwOnError: true)!;
}
