using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Accounts that stand in a program's configuration.</summary>
internal static class ConfiguredAccountsOfAProgram
{
    public static async Task AreAppliedAndChangedAsync()
    {
        await using var server = new LoopbackServer();
        Environment.SetEnvironmentVariable("ACCOUNTS_AOT_TOKEN", "one");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Accounts:crm:type"] = "oauth-bearer",
            ["Accounts:crm:token"] = "env:ACCOUNTS_AOT_TOKEN",
            ["Accounts:crm:allowedOrigins:0"] = server.Origin,
            ["Accounts:erp:type"] = "API Key",
            ["Accounts:erp:parameterName"] = "key",
            ["Accounts:erp:key"] = "env:ACCOUNTS_AOT_TOKEN",
            ["Accounts:erp:placement"] = "header",
        }).Build();
        await using var accounts = Create(configuration);
        using var client = new HttpClient(accounts.CreateHandler("crm", new SocketsHttpHandler()));

        using var first = await client.GetAsync(server.Origin);
        Expect.That(server.LastHead.Contains("Authorization: Bearer one\r\n", StringComparison.Ordinal), "the configured token is sent");

        Environment.SetEnvironmentVariable("ACCOUNTS_AOT_TOKEN", "two");
        configuration.Reload();
        using var second = await client.GetAsync(server.Origin);
        Expect.That(server.LastHead.Contains("Authorization: Bearer two\r\n", StringComparison.Ordinal), "the changed token is sent");
        Expect.That((await accounts.Vault.GetAsync<ApiKeyAccount>("erp")).Placement == ApiKeyPlacement.Header, "an enumeration is read");

        configuration["Accounts:erp:key"] = "a literal";
        var exception = await Expect.ThrowsAsync<OptionsValidationException>(
            () =>
            {
                using var broken = Create(configuration);
                return Task.CompletedTask;
            },
            "a literal secret is taken");
        Expect.That(!exception.Message.Contains("a literal", StringComparison.Ordinal), "the value is not named");
    }

    private static DigibeeAccounts Create(IConfiguration configuration) => DigibeeAccounts.Create(builder => builder
        .Configure(static options => options.Environment = "test")
        .UseInMemoryStore()
        .UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()))
        .AddAccounts(configuration.GetSection("Accounts")));
}
