using System.Diagnostics;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>A program that signs what it is given: one request a line in, one answer a line out.</summary>
internal static class AwsV4Oracle
{
    /// <summary>Runs it over all cases.</summary>
    /// <param name="notInstalled">The exit code that says that something it needs cannot be had here: the test is left out.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cases">The requests, each as JSON.</param>
    public static async Task<IReadOnlyList<AwsV4OracleAnswer>> RunAsync(int? notInstalled, string program, IEnumerable<string> arguments, IEnumerable<string> cases)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            foreach (var line in cases)
            {
                await process.StandardInput.WriteLineAsync(line);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already. Its exit code says why.
        }

        await process.WaitForExitAsync();
        if (process.ExitCode == notInstalled)
        {
            TestbedServer.LeaveOut((await error).Trim(), TestbedServer.IsRequired);
        }

        process.ExitCode.Should().Be(0, await error);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<AwsV4OracleAnswer>(line)!)];
    }
}
