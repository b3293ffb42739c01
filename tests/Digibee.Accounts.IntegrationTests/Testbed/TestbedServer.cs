using System.Globalization;

namespace Digibee.Accounts;

/// <summary>
/// A server of <c>eng/testbed</c>. A class that derives from it is the fixture and the name of its collection in one:
/// <c>[CollectionDefinition] class FooServer() : TestbedServer("foo"), ICollectionFixture&lt;FooServer></c>, and <c>[Collection&lt;FooServer>]</c> on the tests. So it is started once, beside the other servers,
/// and only for a test that is selected.
/// </summary>
/// <param name="name">Its folder in <c>eng/testbed</c>.</param>
public class TestbedServer(string name) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private string? _missing;

    /// <summary>Gets whether everything has to be there.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Gets one of the values that <c>start.sh</c> printed. Where the server is not installed, this ends the test.</summary>
    public string this[string key]
    {
        get
        {
            if (_missing is not null)
            {
                LeaveOut(_missing, IsRequired);
            }

            return _values[key];
        }
    }

    /// <summary>Says why a server cannot be started here; <see langword="null"/> when it can.</summary>
    public static async Task<string?> FindMissingAsync(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "The servers of eng/testbed are installed on Linux only.";
        }

        var check = await TestbedScript.RunAsync("install.sh", "--check", name);
        return check.ExitCode switch
        {
            0 => null,
            1 => check.Error.Trim(),
            _ => throw new InvalidOperationException(check.Error.Trim()),
        };
    }

    /// <summary>Ends a test that lacks its server: a skip that shows, and a failure where everything has to be there.</summary>
    public static void LeaveOut(string reason, bool isFailure)
    {
        if (isFailure)
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    public async ValueTask InitializeAsync()
    {
        _missing = await FindMissingAsync(name);
        if (_missing is not null)
        {
            return;
        }

        // Should this process die, the server follows.
        var owner = new Dictionary<string, string>(StringComparer.Ordinal) { ["TESTBED_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture) };
        var start = await TestbedScript.RunAsync($"testbed/{name}/start.sh", [], owner);
        if (start.ExitCode != 0)
        {
            throw new InvalidOperationException($"The server {name} did not start (exit code {start.ExitCode}).\n{start.Error}");
        }

        foreach (var line in start.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = line.IndexOf('=', StringComparison.Ordinal);
            _values.Add(line[..separator], line[(separator + 1)..]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_values.Remove("DIR", out var folder))
        {
            var stop = await TestbedScript.RunAsync("testbed/stop.sh", folder);
            if (stop.ExitCode != 0)
            {
                throw new InvalidOperationException($"The server {name} did not stop (exit code {stop.ExitCode}).\n{stop.Error}");
            }
        }
    }
}
