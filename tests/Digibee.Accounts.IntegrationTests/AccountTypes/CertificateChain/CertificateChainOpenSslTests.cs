using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The same against <c>openssl s_server</c>, which says what it verified: root, intermediate and leaf. It uses the certificates of the nginx server.</summary>
[Collection<NginxMtlsServer>]
public sealed class CertificateChainOpenSslTests(NginxMtlsServer server)
{
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task SendAsync_OfWhatOpenSslPkcs12Writes_IsVerifiedToTheRoot(string protocol)
    {
        var folder = server["DIR"];
        var start = new ProcessStartInfo("openssl") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var argument in new[] { "s_server", "-accept", "127.0.0.1:0", "-cert", "server.crt", "-key", "server.key", "-cert_chain", "int.crt", "-CAfile", "root.crt", "-Verify", "3", "-verify_return_error", protocol, "-www", "-naccept", "1" })
        {
            start.ArgumentList.Add(argument);
        }

        using var openssl = Process.Start(start)!;
        var verified = openssl.StandardError.ReadToEndAsync();
        var port = await ReadPortAsync(openssl.StandardOutput);
        await using var accounts = DigibeeAccounts.Create(static builder => builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
        await accounts.Vault.SaveAsync(server.Account("mtls", server.Read("client.pem"), "key-pw") with { AllowedOrigins = [$"https://localhost:{port}"] });
        using var client = new HttpClient(accounts.CreateHandler("mtls", server.CreateHandler()));

        var page = await client.GetStringAsync(new Uri($"https://localhost:{port}/"));

        page.Should().Contain("Client certificate").And.Contain("CN=client");
        openssl.StandardInput.Close();
        await openssl.WaitForExitAsync();
        (await verified).Should().Contain("depth=2").And.Contain("depth=1").And.Contain("depth=0");
    }

    private static async Task<int> ReadPortAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ACCEPT ", StringComparison.Ordinal))
            {
                return int.Parse(line[(line.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException("openssl s_server ended before it listened.");
    }
}
