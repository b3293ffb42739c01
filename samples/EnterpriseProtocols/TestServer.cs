using System.Diagnostics;

namespace EnterpriseProtocols;

/// <summary>A server of <c>eng/testbed</c>, started for the run. Should this program die, the server ends with it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Dictionary<string, string> _values;

    private TestServer(Dictionary<string, string> values) => _values = values;

    /// <summary>Gets a value that the server's start printed.</summary>
    public string this[string key] => _values[key];

    /// <summary>Starts a server.</summary>
    /// <param name="name">Its folder in <c>eng/testbed</c>.</param>
    public static async Task<TestServer> StartAsync(string name)
    {
        var output = await RunAsync($"testbed/{name}/start.sh");
        return new(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync() => await RunAsync("testbed/stop.sh", this["DIR"]);

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(FindFolder(), "eng", script), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["TESTBED_OWNER"] = $"{Environment.ProcessId}";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{script} ended with {process.ExitCode}. Is the server installed? See eng/install.sh.");
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Digibee.Accounts.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Run the sample from the repository: it starts servers by the scripts there.");
    }
}
