using System.Net;
using System.Security.Cryptography.X509Certificates;
using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace EnterpriseProtocols;

/// <summary>A Windows user on a site that asks for NTLM: Apache with gss-ntlmssp, which checks the NTLMv2 answer and its integrity code.</summary>
internal static class NtlmSample
{
    private const string Name = "intranet";

    public static async Task RunAsync(Report report)
    {
        await using var server = await TestServer.StartAsync("apache-ntlm");
        await using var services = Services(server);
        var vault = services.GetRequiredService<IAccountVault>();
        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(Name);
        var account = new NtlmAccount
        {
            Name = Name,
            UserName = server["USER"],
            Domain = server["DOMAIN"],
            Workstation = "SAMPLE-PC",
            Password = new Secret(server["PASSWORD"]),
            AllowedOrigins = [server["HTTPS_URL"].TrimEnd('/')],
        };

        // The first request opens a connection, which is signed in before it; the second goes over the same.
        await vault.SaveAsync(account);
        var first = await client.GetStringAsync("echo");
        report.Check(first.Contains($"user={server["DOMAIN"]}\\{server["USER"]} ", StringComparison.Ordinal), "NTLM", "GET over TLS, over a new connection", first);
        using var posted = await client.PostAsync("echo", new StringContent(new string('x', 100_000)));
        report.Check(posted.StatusCode == HttpStatusCode.OK, "NTLM", "POST of 100 kB, over the same connection", await posted.Content.ReadAsStringAsync());

        // A wrong password is an exception that says what the server said. Nothing of the request was sent.
        await vault.SaveAsync(account with { Password = new Secret("wrong") });
        var refusal = await RefusalAsync(client);
        report.Check(refusal is not null, "NTLM", "a wrong password", refusal ?? "accepted");

        // Corrected, without a restart: the next request opens a connection of its own.
        await vault.SaveAsync(account);
        var corrected = await client.GetStringAsync("echo");
        report.Check(corrected.StartsWith("user=", StringComparison.Ordinal), "NTLM", "the right one again", corrected);
    }

    private static ServiceProvider Services(TestServer server)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(server["CA"]);
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(options => options.Environment = "test").UseInMemoryStore().UseKeyRing(_ => KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient(Name, client => client.BaseAddress = new Uri(server["HTTPS_URL"]))
            .UseAccount(Name, client => client.NtlmHandshake.Path = "/index.html")
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = Trust(authority) } });
        return services.BuildServiceProvider();
    }

    // The server made its certificate when it started. It is trusted here, and nowhere else.
    private static X509ChainPolicy Trust(X509Certificate2 authority) =>
        new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck };

    private static async Task<string?> RefusalAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("echo");
            return null;
        }
        catch (AccountAuthenticationException exception)
        {
            return exception.Message;
        }
    }
}
