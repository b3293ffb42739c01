using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Digibee.Accounts;

/// <summary>The test runner, or, with an order in the environment, one of the other processes that tests start.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => SqliteTestProcess.Order is { } order ? SqliteTestProcess.ObeyAsync(order)
        : args.Any(static arg => arg is "--server" or "--internal-msbuild-node") ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
        : ConsoleRunner.Run(args);
}
