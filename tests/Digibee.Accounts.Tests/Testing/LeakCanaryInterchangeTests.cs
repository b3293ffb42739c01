using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>The canary through exports, imports and the configuration.</summary>
public sealed class LeakCanaryInterchangeTests
{
    [Fact]
    public async Task ExportAndImport_OfEveryType_ShowNothingOfTheSecret()
    {
        var canary = new LeakCanary();
        await using var source = new VaultFixture();
        await using var target = new VaultFixture();
        await source.Vault.SaveAllAsync(canary.Accounts);
        using var output = new MemoryStream();

        var count = await source.Vault.ExportAsync(output);

        count.Should().Be(canary.Accounts.Count);
        canary.ThrowIfFound("the export", Encoding.UTF8.GetString(output.ToArray()));
        output.Position = 0;
        var refused = () => target.Vault.ImportAsync(output);
        canary.ThrowIfFound("the refusal of another ring", (await refused.Should().ThrowAsync<AccountImportException>()).Which);
        output.Position = 0;
        using var ring = KeyRing.Parse(source.KeyText);
        canary.ThrowIfFound("the result", (await target.Vault.ImportAsync(output, new() { KeyRing = ring })).ToString());
        var conflict = () => target.Vault.SaveAllAsync(canary.Accounts.Select(static account => account with { Description = "another" }));
        canary.ThrowIfFound("the conflicts", (await conflict.Should().ThrowAsync<AccountImportException>()).Which);
    }

    [Fact]
    public async Task Read_OfWhatIsWrongAroundTheSecret_ShowsNothingOfIt()
    {
        var canary = new LeakCanary();
        using var revealed = new MemoryStream();
        await PlatformJson.WriteRevealedAsync(revealed, canary.Accounts);
        canary.Find(Encoding.UTF8.GetString(revealed.ToArray())).Should().NotBeNull("this one says so in its name");

        foreach (var account in canary.Accounts)
        {
            foreach (var field in AccountFields.Of(account.Type).ToArray())
            {
                var value = JsonSerializer.Serialize(canary.Value + "\n");
                var json = $$"""{"name":"a","type":"{{account.Type}}","{{field.Name}}":{{value}},"other":{{value}}}""";
                var read = () => PlatformJson.Read(Encoding.UTF8.GetBytes(json));
                canary.ThrowIfFound($"the refusal of {account.Type} {field.Name}", read.Should().Throw<AccountImportException>().Which);
            }
        }
    }

    [Fact]
    public void From_EveryImporter_ShowsNothingOfTheSecretInWhatItListsOrGives()
    {
        var canary = new LeakCanary();
        var text = $"machine a.example login u password {canary.Value} {canary.Value}\ndefault login u password {canary.Value}\n";
        var aws = $"[a]\naws_access_key_id=AKID\naws_secret_access_key={canary.Value}\n{canary.Value}\nrole_arn={canary.Value}\n";
        var value = JsonSerializer.Serialize(canary.Value);
        var postman = $$"""{"values":[{"key":"token","value":{{value}},"type":"secret"},{"key":"x","value":{{value}}}]}""";

        foreach (var import in new[] { AccountImporters.FromNetrc(Encoding.UTF8.GetBytes(text)), AccountImporters.FromAwsProfiles(Encoding.UTF8.GetBytes(aws)), AccountImporters.FromPostmanEnvironment(Encoding.UTF8.GetBytes(postman)) })
        {
            import.Accounts.Should().NotBeEmpty();
            import.Unsupported.Should().NotBeEmpty();
            canary.ThrowIfFound("an import", $"{import} {string.Join(' ', import.Unsupported)} {string.Join(' ', import.Accounts)}");
        }
    }

    [Fact]
    public async Task AddAccounts_WithTheSecretInAndOutOfPlace_ShowsNothingOfIt()
    {
        var canary = new LeakCanary();
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", canary.Value));
        canary.ThrowIfFound("the opened account", $"{await program.Vault.OpenAsync("crm")} {await program.Vault.GetAsync("crm")}");
        await foreach (var summary in program.Vault.ListAsync())
        {
            canary.ThrowIfFound("the listing", $"{summary} {string.Join(' ', summary.Facts)}");
        }

        program.Change(("erp:type", "oauth-bearer"), ("erp:token", canary.Value), ("maps:type", canary.Value), ("file:type", "basic"), ("file:userName", "u"), ("file:password", $"file:{canary.Value}"), ("file:colour", canary.Value));

        var health = await program.Services.GetRequiredService<DigibeeAccountsHealthCheck>().CheckHealthAsync(new HealthCheckContext { Registration = new("accounts", static _ => null!, null, null) });
        canary.ThrowIfFound("the health report", $"{health.Status} {health.Description} {string.Join(' ', health.Data)}");
        program.Logs.Text.Should().Contain("'erp'").And.Contain("'maps'").And.Contain("'file'");
        canary.ThrowIfFound("the logs", program.Logs.Text);
        await using var atStart = new ConfiguredProgram([("erp:type", "oauth-bearer"), ("erp:token", canary.Value)]);
        var start = () => atStart.Vault;
        canary.ThrowIfFound("the failure at the start", start.Should().Throw<OptionsValidationException>().Which);
    }
}
