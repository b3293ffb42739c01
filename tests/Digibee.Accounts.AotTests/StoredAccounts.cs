using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Save, seal, open: two programs over one store.</summary>
internal static class StoredAccounts
{
    public static async Task EveryTypeComesBackAsync()
    {
        var keyText = KeyRing.NewKeyText();
        await using var writer = Program(keyText);
        await using var reader = Program(keyText, writer.GetRequiredService<IAccountStore>());

        var accounts = AllTypes.Create();
        Expect.That(accounts.Count == AccountType.All.Count, "there is one account of each type");
        foreach (var account in accounts)
        {
            await Vault(writer).SaveAsync(account);
            var opened = await Vault(reader).OpenAsync(account.Name);

            Expect.That(!ReferenceEquals(opened.Account, account), $"{account.Type.Slug} was read, not handed over");
            Expect.That(opened.Account == account, $"{account.Type.Slug} equals what was saved");
        }
    }

    public static async Task AnotherKeyRingOpensNothingAsync()
    {
        await using var writer = Program(KeyRing.NewKeyText());
        await using var stranger = Program(KeyRing.NewKeyText(), writer.GetRequiredService<IAccountStore>());
        await Vault(writer).SaveAsync(new OAuthBearerAccount { Name = "token", Token = new Secret("secret") });

        var exception = await Expect.ThrowsAsync<AccountSealException>(async () => await Vault(stranger).OpenAsync("token"), "a ring without the key opens the account");

        Expect.That(exception.Reason == AccountSealFailure.UnknownKey, "the reason is the key");
    }

    public static async Task ChangesCanBeTakenBackAsync()
    {
        await using var program = Program(KeyRing.NewKeyText());
        var vault = Vault(program);
        var first = await vault.SaveAsync(new OAuthBearerAccount { Name = "token", Token = new Secret("one") });
        await vault.SaveAsync(new OAuthBearerAccount { Name = "token", Token = new Secret("two") });
        await vault.DeleteAsync("token");
        await Expect.ThrowsAsync<AccountNotFoundException>(async () => await vault.OpenAsync("token"), "a deleted account opens");

        await vault.RollbackAsync("token", first.Revision);

        var opened = (OAuthBearerAccount)(await vault.OpenAsync("token")).Account;
        Expect.That(opened.Token == new Secret("one"), "the first token is back");
        var revisions = new List<long>();
        await foreach (var revision in vault.GetHistoryAsync("token"))
        {
            revisions.Add(revision.Revision);
        }

        Expect.That(revisions.Count == 4 && revisions.SequenceEqual(revisions.OrderDescending()), "four revisions are kept, newest first");
    }

    public static async Task SqliteOutlivesTheProgramAsync()
    {
        var folder = Directory.CreateTempSubdirectory("accounts-aot-");
        try
        {
            var keyText = KeyRing.NewKeyText();
            await using (var first = Program(keyText, Path.Combine(folder.FullName, "accounts.db")))
            {
                await Vault(first).SaveAsync(new OAuthBearerAccount { Name = "token", Token = new Secret("kept") });
            }

            await using var second = Program(keyText, Path.Combine(folder.FullName, "accounts.db"));
            var opened = (OAuthBearerAccount)(await Vault(second).OpenAsync("token")).Account;
            Expect.That(opened.Token == new Secret("kept"), "the token is as it was saved");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task SaveListsEveryProblemAsync()
    {
        await using var program = Program(KeyRing.NewKeyText());
        var account = new CustomAuthHeaderAccount { Name = "broken", HeaderName = "Content-Length", HeaderValue = new Secret("höchst geheim") };

        var exception = await Expect.ThrowsAsync<AccountValidationException>(async () => await Vault(program).SaveAsync(account), "a header that cannot be sent is saved");

        Expect.That(exception.Problems.Count == 2, "both fields are named");
        Expect.That(!exception.ToString().Contains("geheim", StringComparison.Ordinal), "the value is not");
    }

    private static IAccountVault Vault(ServiceProvider program) => program.GetRequiredService<IAccountVault>();

    private static ServiceProvider Program(string keyText, IAccountStore? store = null) =>
        Program(keyText, builder => store is null ? builder.UseInMemoryStore() : builder.UseStore(store));

    private static ServiceProvider Program(string keyText, string database) =>
        Program(keyText, builder => builder.UseSqliteStore(database));

    private static ServiceProvider Program(string keyText, Func<IDigibeeAccountsBuilder, IDigibeeAccountsBuilder> chooseStore)
    {
        var services = new ServiceCollection();
        var builder = services.AddDigibeeAccounts(static options =>
        {
            options.Environment = "test";
            options.Project = "billing";
        }).UseKeyRing(_ => KeyRing.Parse(keyText));
        chooseStore(builder);
        return services.BuildServiceProvider();
    }
}
