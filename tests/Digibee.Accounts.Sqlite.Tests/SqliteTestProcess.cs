using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

/// <summary>This program once more, as another process that works on the same file and prints what was acknowledged, a revision a line.</summary>
internal static class SqliteTestProcess
{
    private const string Order = "ACCOUNTS_SQLITE_TEST_ORDER";

    /// <summary>Starts a process that appends this many revisions to <see cref="SqliteTestFolder.Key"/>, each to the head as it finds it.</summary>
    public static Process Start(SqliteTestFolder folder, int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SqliteTestProcess).Assembly.Location);
        }

        start.Environment[Order] = $"{count}|{folder.Database}";
        return Process.Start(start)!;
    }

    // Before the test runner's Main: the same executable serves as the other process. Until it returns, no other thread may run code of this assembly, so it waits for the store on this one.
    [ModuleInitializer]
    internal static void Begin()
    {
        if (Environment.GetEnvironmentVariable(Order) is { } order)
        {
            var separator = order.IndexOf('|', StringComparison.Ordinal);
            Write(order[(separator + 1)..], int.Parse(order.AsSpan(0, separator), CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }

    private static void Write(string path, int count)
    {
        using var store = new SqliteAccountStore(path, new SqliteStoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) }, TimeProvider.System, NullLogger<SqliteAccountStore>.Instance);
        while (count > 0)
        {
            var head = store.GetAsync(SqliteTestFolder.Key).AsTask().GetAwaiter().GetResult();
            var next = SqliteTestFolder.Row((head?.Revision ?? 0) + 1, length: 6_000);
            if (store.TryAppendAsync(next, head?.ETag, 5).AsTask().GetAwaiter().GetResult() is not null)
            {
                Console.Out.WriteLine(next.Revision);
                Console.Out.Flush();
                count--;
            }
        }
    }
}
