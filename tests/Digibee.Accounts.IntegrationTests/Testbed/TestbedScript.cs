using System.Diagnostics;
using System.Globalization;

namespace Digibee.Accounts;

/// <summary>A script of <c>eng/</c> that has run.</summary>
/// <param name="ExitCode">Zero when it did what it should; 124 when it took too long and was ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record TestbedScript(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static string Folder { get; } = FindFolder();

    /// <summary>Gives the full path of a script.</summary>
    /// <param name="path">Its path below <c>eng/</c>.</param>
    public static string PathOf(string path) => Path.Combine(Folder, path);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="path">Its path below <c>eng/</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<TestbedScript> RunAsync(string path, params string[] arguments) => RunAsync(path, arguments, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Runs a script to its end, with variables of its own.</summary>
    /// <param name="path">Its path below <c>eng/</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static async Task<TestbedScript> RunAsync(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // Asked by timeout, a script still clean up; killed from here, it could not.
        var start = new ProcessStartInfo("timeout") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("--kill-after=20");
        start.ArgumentList.Add(Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(PathOf(path));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Digibee.Accounts.sln")))
            {
                return Path.Combine(folder.FullName, "eng");
            }
        }

        throw new InvalidOperationException($"No Digibee.Accounts.sln above {AppContext.BaseDirectory}: these tests start servers by the scripts of the working copy they were built in.");
    }
}
