using System.Net;
using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseProtocols;

/// <summary>Two principals on a site that asks for Kerberos, in one process: an MIT KDC, and Apache with mod_auth_gssapi, which says whom it took the client for.</summary>
internal static class KerberosSample
{
    public static async Task RunAsync(Report report)
    {
        await using var server = await TestServer.StartAsync("kerberos");
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(options => options.Environment = "test").UseInMemoryStore().UseKeyRing(_ => KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("intranet", client => client.BaseAddress = new Uri(server["URL"])).UseAccounts().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler());
        await using var provider = services.BuildServiceProvider();
        var vault = provider.GetRequiredService<IAccountVault>();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("intranet");

        // Keytab, realm and KDC are the account's: nothing of the machine's Kerberos is used, and each request chooses its principal.
        await vault.SaveAsync(Account(server, "svc-one", "KEYTAB_ONE"));
        await vault.SaveAsync(Account(server, "svc-two", "KEYTAB_TWO"));
        foreach (var name in (string[])["svc-one", "svc-two", "svc-one"])
        {
            var user = await UserAsync(client, name);
            report.Check(user.StartsWith($"{name}@", StringComparison.Ordinal), "Kerberos", $"GET as {name}", user);
        }

        // Another's keytab is refused when it is saved, long before a KDC sees it.
        var problem = await ProblemAsync(vault, Account(server, "svc-one", "KEYTAB_TWO"));
        report.Check(problem is not null, "Kerberos", "a keytab of another principal", problem ?? "saved");
    }

    private static KerberosAccount Account(TestServer server, string name, string keytab) => new()
    {
        Name = name,
        Principal = $"{name}@{server["REALM"]}",
        Keytab = new Secret(Convert.ToBase64String(File.ReadAllBytes(server[keytab]))),
        KeyDistributionCenters = [server["KDC"]],
        AllowedOrigins = [server["URL"].TrimEnd('/')],
    };

    private static async Task<string> UserAsync(HttpClient client, string accountName)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "index.html");
        request.UseAccount(accountName);
        using var response = await client.SendAsync(request);
        return response.StatusCode == HttpStatusCode.OK ? response.Headers.GetValues("X-User").Single() : $"{response.StatusCode}";
    }

    private static async Task<string?> ProblemAsync(IAccountVault vault, KerberosAccount account)
    {
        try
        {
            await vault.SaveAsync(account);
            return null;
        }
        catch (AccountValidationException exception)
        {
            return exception.Problems[0].Message;
        }
    }
}
