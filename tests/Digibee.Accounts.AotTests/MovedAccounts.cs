using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Accounts that leave one program and come into another.</summary>
internal static class MovedAccounts
{
    public static async Task ComeBackAsync()
    {
        using var ring = KeyRing.Parse(KeyRing.NewKeyText());
        await using var source = Create(ring);
        await using var target = Create(ring);
        var all = AllTypes.Create();
        await source.Vault.SaveAllAsync(all);

        using var sealedLines = new MemoryStream();
        Expect.That(await source.Vault.ExportAsync(sealedLines) == all.Count, "every account is exported");
        sealedLines.Position = 0;
        var result = await target.Vault.ImportAsync(sealedLines);
        Expect.That(result.Created.Count == all.Count, "every account is imported");

        using var revealed = new MemoryStream();
        await PlatformJson.WriteRevealedAsync(revealed, all);
        Expect.That(PlatformJson.Read(revealed.ToArray()).SequenceEqual(all), "every account is read as it was written");

        var netrc = AccountImporters.FromNetrc("machine api.example login alice password p"u8);
        Expect.That(netrc.Accounts is [BasicAccount { UserName: "alice" }], "a .netrc is read");
    }

    private static DigibeeAccounts Create(KeyRing ring) => DigibeeAccounts.Create(builder => builder
        .Configure(static options =>
        {
            options.Environment = "test";
            options.Project = "billing";
        })
        .UseInMemoryStore()
        .UseKeyRing(ring));
}
