using System.Diagnostics;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>The packages of <c>eng/testbed/npm-oracles</c>: each task is a line of JSON, and so is its answer.</summary>
internal static class NpmOracles
{
    /// <summary>Has tasks answered, in their order. Where Node is not installed, this ends the test.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AnswerAsync(IEnumerable<object> tasks)
    {
        if (await TestbedServer.FindMissingAsync("npm-oracles") is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }

        var start = new ProcessStartInfo(TestbedScript.PathOf("testbed/npm-oracles/oracle.sh"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        foreach (var task in tasks)
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(task));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await error);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
