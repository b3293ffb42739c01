using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>samples/ConnectWeb as a program of its own, on a port that the system picks.</summary>
internal sealed class ConnectWebProgram : IAsyncDisposable
{
    private const string Listening = "Now listening on: http://127.0.0.1:";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ConnectWebProgram(Process process, int port)
    {
        _process = process;
        Address = new Uri($"http://localhost:{port}/");
    }

    public Uri Address { get; }

    /// <summary>Starts it as the testbed's client <c>web</c>.</summary>
    public static async Task<ConnectWebProgram> StartAsync(string issuer)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { Program(), "--urls", "http://127.0.0.1:0", "--issuer", issuer, "--client-id", "web", "--client-secret", "web-secret" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var port = new TaskCompletionSource<int>();
        process.OutputDataReceived += (_, line) => Read(line.Data, port);
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ConnectWebProgram(process, await port.Task.WaitAsync(LongestStart));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Read(string? line, TaskCompletionSource<int> port)
    {
        if (line is null)
        {
            port.TrySetException(new InvalidOperationException("The sample has ended before it listened."));
        }
        else if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            port.TrySetResult(int.Parse(line.AsSpan(at + Listening.Length), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    // Beside this program, in the same configuration and for the same framework.
    private static string Program()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var root = folder;
        while (!File.Exists(Path.Combine(root.FullName, "Digibee.Accounts.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("No Digibee.Accounts.sln above this program.");
        }

        return Path.Combine(root.FullName, "samples", "ConnectWeb", "bin", folder.Parent!.Name, folder.Name, "ConnectWeb.dll");
    }
}
