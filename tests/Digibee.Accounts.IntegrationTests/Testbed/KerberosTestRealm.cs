using System.Diagnostics;
using System.Globalization;

namespace Digibee.Accounts;

/// <summary>An MIT KDC with its administrator's tools, and Apache with mod_auth_gssapi that says in <c>X-User</c> whom it took the client for.</summary>
/// <param name="ticketLife">The longest life of a ticket.</param>
/// <param name="name">The realm's name.</param>
/// <param name="keepsReplays">Whether Apache refuses a token that it has seen.</param>
internal sealed class KerberosTestRealm(string ticketLife = "1h", string name = "TESTBED.EXAMPLE", bool keepsReplays = false) : IAsyncDisposable
{
    private const string Server = "kerberos";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private string? _missing;

    public Uri Url => new(this["URL"] + "index.html");

    public string Kdc => this["KDC"];

    public string Name { get; } = name;

    public string Folder => this["DIR"];

    private string this[string key]
    {
        get
        {
            if (_missing is not null)
            {
                TestbedServer.LeaveOut(_missing, Environment.GetEnvironmentVariable("CI") == "true");
            }

            return _values[key];
        }
    }

    private Dictionary<string, string> Tools => new(StringComparer.Ordinal) { ["KRB5_CONFIG"] = $"{Folder}/krb5.conf", ["KRB5_KDC_PROFILE"] = $"{Folder}/kdc.conf" };

    public static async Task<KerberosTestRealm> StartAsync(string ticketLife = "1h", string name = "TESTBED.EXAMPLE", bool keepsReplays = false)
    {
        var realm = new KerberosTestRealm(ticketLife, name, keepsReplays);
        await realm.InitializeAsync();
        _ = realm.Folder;
        return realm;
    }

    public async ValueTask InitializeAsync()
    {
        var check = OperatingSystem.IsLinux() ? await TestbedScript.RunAsync("install.sh", "--check", Server) : new TestbedScript(1, "", "The servers of eng/testbed are installed on Linux only.");
        if (check.ExitCode != 0)
        {
            _missing = check.Error.Trim();
            return;
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TESTBED_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
            ["TICKET_LIFE"] = ticketLife,
            ["REPLAY_CACHE"] = keepsReplays ? "1" : "",
        };
        var start = await TestbedScript.RunAsync($"testbed/{Server}/start.sh", [Name], environment);
        if (start.ExitCode != 0)
        {
            throw new InvalidOperationException($"The server {Server} did not start (exit code {start.ExitCode}).\n{start.Error}");
        }

        foreach (var line in start.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = line.IndexOf('=', StringComparison.Ordinal);
            _values.Add(line[..separator], line[(separator + 1)..]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_values.Remove("DIR", out var folder))
        {
            await TestbedScript.RunAsync("testbed/stop.sh", folder);
        }
    }

    /// <summary>Gives an account of a principal by the keytab that was written for it.</summary>
    public KerberosAccount Account(string principal) => new()
    {
        Name = principal,
        Principal = $"{principal}@{Name}",
        Keytab = Keytab(principal),
        KeyDistributionCenters = [Kdc],
        AllowedOrigins = [Url.GetLeftPart(UriPartial.Authority)],
    };

    public Secret Keytab(string principal) => new(Convert.ToBase64String(File.ReadAllBytes($"{Folder}/{principal}.keytab")));

    /// <summary>Adds a principal with a random key, and writes its keytab.</summary>
    /// <param name="principal">The principal, and the keytab.</param>
    /// <param name="encryptionType">The one key it has; all of the realm's by default.</param>
    public async Task AddAsync(string principal, string? encryptionType = null)
    {
        await AdministerAsync($"addprinc -randkey {principal}");
        await WriteKeytabAsync(principal, encryptionType);
    }

    /// <summary>Changes a principal's key and adds the new one to its keytab.</summary>
    public Task WriteKeytabAsync(string principal, string? encryptionType = null) =>
        AdministerAsync($"ktadd -k {Folder}/{principal}.keytab {(encryptionType is null ? "" : $"-e {encryptionType}:normal")} {principal}");

    public async Task<string> AdministerAsync(string query) => await RunAsync("kadmin.local", "-r", Name, "-q", query);

    /// <summary>Runs one of the tools of MIT Kerberos and gives what it prints.</summary>
    public async Task<string> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(Start(tool, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var text = await output + error;
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{tool} ended with {process.ExitCode}: {text}");
    }

    /// <summary>Gives how many tickets the KDC has issued so far, by its log.</summary>
    /// <param name="request"><c>AS_REQ</c> or <c>TGS_REQ</c>.</param>
    public int Issued(string request) =>
        File.ReadAllLines($"{Folder}/kdc.log").Count(line => line.Contains($" {request} ", StringComparison.Ordinal) && line.Contains(": ISSUE:", StringComparison.Ordinal));

    /// <summary>Stops the KDC, and waits for at most a minute until it has ended.</summary>
    public async Task StopKdcAsync()
    {
        var id = int.Parse(File.ReadAllText($"{Folder}/kdc.pid"), CultureInfo.InvariantCulture);
        await RunAsync("sh", "-c", $"kill -TERM {id}; for i in $(seq 1200); do kill -0 {id} 2>/dev/null && ! grep -q '^State:.Z' /proc/{id}/status || exit 0; sleep 0.05; done; exit 1");
    }

    /// <summary>Starts the KDC again, on its port, and waits for at most a minute until it listens.</summary>
    public async Task StartKdcAsync()
    {
        var port = Kdc.Split(':')[1];
        await RunAsync("sh", "-c", $"PATH=$PATH:/usr/sbin; krb5kdc -n >>{Folder}/kdc.log 2>&1 </dev/null & echo $! >{Folder}/kdc.pid");
        await RunAsync("bash", "-c", $"for i in $(seq 1200); do (exec 5<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && exit 0; sleep 0.05; done; exit 1");
    }

    private ProcessStartInfo Start(string tool, string[] arguments)
    {
        var sbin = $"/usr/sbin/{tool}";
        var start = new ProcessStartInfo(File.Exists(sbin) ? sbin : tool) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (variable, value) in Tools)
        {
            start.Environment[variable] = value;
        }

        return start;
    }
}
