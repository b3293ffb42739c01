using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Digibee.Accounts;

/// <summary>This program once more, as another process that works on the same file.</summary>
internal static class SqliteTestProcess
{
    private const string Variable = "ACCOUNTS_SQLITE_TEST_ORDER";
    private const string Serve = "serve";

    /// <summary>Gets what this process was started for; <see langword="null"/> in the one that runs tests.</summary>
    public static string? Order { get; } = Environment.GetEnvironmentVariable(Variable);

    /// <summary>What a writer prints before it opens the file.</summary>
    public const string Opening = "opening";

    /// <summary>Starts a process that appends this many revisions to <see cref="SqliteTestFolder.Key"/>, each to the head as it finds it, and prints <see cref="Opening"/> and then what was acknowledged, a revision a line.</summary>
    public static Process StartWriter(SqliteTestFolder folder, int count) => Start($"{count}|{folder.Database}");

    /// <summary>Gets the revisions in what a writer printed. What was cut off while it was printed is behind the last line feed.</summary>
    public static long[] Acknowledged(string output) =>
        [.. output[..(output.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line != Opening).Select(static line => long.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Starts a process that does what <see cref="StoreCall"/>s in its input say.</summary>
    public static Process StartServer() => Start(Serve);

    /// <summary>Starts a process that sends requests with an account, one for each line of its input, and prints how each went.</summary>
    public static Process StartTokenWorker(string order) => Start(order);

    public static async Task<int> ObeyAsync(string order)
    {
        if (order == Serve)
        {
            if (!OperatingSystem.IsWindows())
            {
                // Whatever is made here for its owner alone, is so because it was asked for.
                _ = SetMask(0);
            }

            await using var server = new StoreServer(Console.In, Console.Out);
            await server.RunAsync();
            return 0;
        }

        if (TokenWorker.IsMeant(order))
        {
            await TokenWorker.RunAsync(order);
            return 0;
        }

        var separator = order.IndexOf('|', StringComparison.Ordinal);
        await WriteAsync(order[(separator + 1)..], int.Parse(order.AsSpan(0, separator), CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Makes this process another user's (nobody's), for whom the modes of files hold: root ignores them. For good.</summary>
    public static void BecomeNobody()
    {
        const uint Nobody = 65_534;
        if (SetGroups(0, 0) != 0 || SetGroup(Nobody) != 0 || SetUser(Nobody) != 0)
        {
            throw new InvalidOperationException($"The user cannot be changed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    private static Process Start(string order)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SqliteTestProcess).Assembly.Location);
        }

        start.Environment[Variable] = order;
        return Process.Start(start)!;
    }

    private static async Task WriteAsync(string path, int count)
    {
        await using var store = new SqliteAccountStore(path, new SqliteStoreOptions { BusyTimeout = TimeSpan.FromMinutes(2) }, TimeProvider.System, NullLogger<SqliteAccountStore>.Instance);
        Console.Out.WriteLine(Opening);
        Console.Out.Flush();
        while (count > 0)
        {
            var head = await store.GetAsync(SqliteTestFolder.Key);
            var next = SqliteTestFolder.Row((head?.Revision ?? 0) + 1, length: 6_000);
            if (await store.TryAppendAsync(next, head?.ETag, 5) is not null)
            {
                Console.Out.WriteLine(next.Revision);
                Console.Out.Flush();
                count--;
            }
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);

    // glibc changes every thread of the process.
    [DllImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroups(nint count, nint groups);

    [DllImport("libc", EntryPoint = "setgid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetGroup(uint id);

    [DllImport("libc", EntryPoint = "setuid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetUser(uint id);
}
