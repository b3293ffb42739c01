using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>Apache with gss-ntlmssp: it verifies the NTLMv2 response and the integrity code, and keeps a connection signed in.</summary>
[CollectionDefinition]
public sealed class ApacheNtlmServer() : TestbedServer("apache-ntlm"), ICollectionFixture<ApacheNtlmServer>
{
    public Uri Http => new(this["URL"]);

    public Uri Https => new(this["HTTPS_URL"]);

    /// <summary>Gets an account that it accepts.</summary>
    public NtlmAccount Account => new()
    {
        Name = "intranet",
        UserName = this["USER"],
        Password = new Secret(this["PASSWORD"]),
        Domain = this["DOMAIN"],
        AllowedOrigins = [this["URL"].TrimEnd('/'), this["HTTPS_URL"].TrimEnd('/')],
    };

    /// <summary>Gets the authority of its certificate.</summary>
    public X509Certificate2 Authority => X509CertificateLoader.LoadCertificateFromFile(this["CA"]);

    /// <summary>Adds a user, or gives one another password.</summary>
    public NtlmAccount SetUser(string userName, string password)
    {
        var file = Path.Combine(this["DIR"], "users");
        var others = File.ReadAllLines(file).Where(line => !line.StartsWith($"{this["DOMAIN"]}:{userName}:", StringComparison.Ordinal));
        File.WriteAllLines(file, [.. others, $"{this["DOMAIN"]}:{userName}:{password}"]);
        return Account with { Name = userName, UserName = userName, Password = new Secret(password) };
    }

    /// <summary>Gives how many connections served a path, once the log names this many requests.</summary>
    public async Task<int> ConnectionsThatServedAsync(string path, int requests) =>
        (await RequestsAsync(path, requests)).Select(static line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Gives the log's lines about a path, perhaps with a method before it, once there are as many as said: Apache writes them after the answer.</summary>
    public async Task<string[]> RequestsAsync(string path, int requests)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var served = (await File.ReadAllLinesAsync(Path.Combine(this["DIR"], "access.log"), timeout.Token)).Where(line => line.Contains($" {path} ", StringComparison.Ordinal)).ToArray();
            if (served.Length >= requests)
            {
                return served;
            }

            await Task.Delay(10, timeout.Token); // another process writes the log
        }
    }
}
