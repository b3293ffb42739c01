using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A realm of <c>eng/testbed/kerberos</c>, and one principal's ticket for its web server: in our cache, and in a credential cache of MIT Kerberos, which both are full or empty.</summary>
internal sealed partial class KerberosSubject : IDisposable
{
    private readonly Dictionary<string, string> _values;
    private readonly AccountsServices _services;
    private readonly KerberosClient _client;
    private readonly KerberosCredential _credential;
    private readonly KerberosAccount _account;
    private long _firstRequests;

    public KerberosSubject()
    {
        _values = Run("eng/testbed/kerberos/start.sh").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        _services = new AccountsServices(static _ => { });
        _client = _services.Get<KerberosClient>();
        try
        {
            _account = new KerberosAccount
            {
                Name = "svc-one",
                Principal = $"svc-one@{_values["REALM"]}",
                Keytab = new Secret(Convert.ToBase64String(File.ReadAllBytes(_values["KEYTAB_ONE"]))),
                KeyDistributionCenters = [_values["KDC"]],
            };
            _credential = _client.Own(Opened());
            Wait(_client.GetTicketAsync(_credential, "localhost", CancellationToken.None)).Dispose();

            // In the environment that native libraries see, which is not the one that .NET changes.
            SetEnvironmentVariable("KRB5_CONFIG", _values["KRB5_CONFIG"], 1);
            SetEnvironmentVariable("KRB5_CLIENT_KTNAME", _values["KEYTAB_ONE"], 1);
            SetEnvironmentVariable("KRB5CCNAME", $"MEMORY:{_values["DIR"]}", 1);
            PeerToken();
            Check();
            SetEnvironmentVariable("KRB5CCNAME", $"MEMORY:{_values["DIR"]}", 1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string OurToken()
    {
        var ticket = _client.GetTicketAsync(_credential, "localhost", CancellationToken.None);
        if (!ticket.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The ticket was not at hand.");
        }

        using var owned = ticket.Result;
        return Token(_credential, owned);
    }

    /// <summary>Makes the first token of an account that was just opened: keytab read, signed in, ticket got.</summary>
    public string OurFirstToken()
    {
        var opened = Opened();
        using var credential = _client.Own(opened);
        using var ticket = Wait(_client.GetTicketAsync(credential, "localhost", CancellationToken.None));
        opened.DisposeStates();
        return Token(credential, ticket);
    }

    /// <summary>Makes the first token of an empty credential cache.</summary>
    public string PeerFirstToken()
    {
        SetEnvironmentVariable("KRB5CCNAME", $"MEMORY:{_values["DIR"]}/{++_firstRequests}", 1);
        return PeerToken();
    }

    public static string PeerToken()
    {
        using var negotiation = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions { Package = "Negotiate", TargetName = "HTTP@localhost", Credential = CredentialCache.DefaultNetworkCredentials });
        return negotiation.GetOutgoingBlob("", out var status) ?? throw new InvalidOperationException($"The platform cannot do it here: {status}.");
    }

    public void Dispose()
    {
        _credential?.Dispose();
        _services.Dispose();
        Run("eng/testbed/stop.sh", _values["DIR"]);
    }

    private static string Token(KerberosCredential credential, KerberosTicket ticket) => KerberosAuthenticator.Token(ticket, mutual: false, credential.Clock.NextTimestamp());

    private static KerberosTicket Wait(ValueTask<KerberosTicket> ticket) => ticket.AsTask().GetAwaiter().GetResult();

    private OpenedAccount Opened() => new(new AccountAddress("default", "test", "svc-one"), 1, _account);

    // All tokens open the same door.
    private void Check()
    {
        using var http = new HttpClient();
        foreach (var token in new[] { OurToken(), PeerToken(), OurFirstToken(), PeerFirstToken() })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _values["URL"] + "index.html");
            request.Headers.Authorization = new("Negotiate", token);
            using var response = http.Send(request);
            response.EnsureSuccessStatusCode();
        }
    }

    private static string Run(string script, params string[] arguments)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Digibee.Accounts.sln")))
        {
            folder = folder.Parent;
        }

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder?.FullName ?? "", script), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException("It needs the kerberos server of eng/testbed: eng/install.sh kerberos.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
