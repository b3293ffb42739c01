using System.Text;

namespace Digibee.Accounts;

public sealed class AccountInterchangeExtensionsTests
{
    [Theory]
    [MemberData(nameof(AccountSamples.Slugs), MemberType = typeof(AccountSamples))]
    public async Task ImportAsync_OfAnExportOfEveryType_GivesTheSameAccountUnderAnotherRing(string slug)
    {
        await using var source = new VaultFixture();
        await using var target = new VaultFixture();
        var account = AccountSamples.Full(slug);
        await source.Vault.SaveAsync(account);
        using var ring = KeyRing.Parse(source.KeyText);

        var result = await target.Vault.ImportAsync(await ExportAsync(source.Vault), new() { KeyRing = ring });

        result.Created.Should().Equal(account.Name);
        (await Stored(target, account.Name)).Should().Be(account);
    }

    [Fact]
    public async Task ExportAsync_OfSeveralAccounts_WritesReadableLinesInOrderThatStayTheSame()
    {
        await using var source = new VaultFixture();
        await source.Vault.SaveAsync(VaultFixture.Bearer("b", "s3cret-b") with { Description = "the second" });
        await source.Vault.SaveAsync(VaultFixture.Bearer("a", "s3cret-a") with { Projects = ["elsewhere"] });
        await source.Vault.SaveAsync(VaultFixture.Bearer("gone"));
        await source.Vault.DeleteAsync("gone");
        using var scope = source.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("b", "scoped"));

        var first = await TextAsync(source.Vault);
        await source.Vault.SaveAsync(VaultFixture.Bearer("a", "changed"));
        var second = await TextAsync(source.Vault);

        first.Should().HaveCount(2);
        first[0].Should().StartWith("""{"v":1,"name":"a","type":"oauth-bearer","partition":"default/test","revision":""").And.Contain(""","metadata":{"v":1,"origins":["https://api.example"],"projects":["elsewhere"]},"sealed":""");
        first[1].Should().Contain("the second").And.NotContain("s3cret");
        second[0].Should().NotBe(first[0]);
        second[1].Should().Be(first[1], "an account that did not change keeps its line");
    }

    [Fact]
    public async Task ImportAsync_OfLinesThatAreNotRight_NamesEveryLineAndSavesNothing()
    {
        await using var source = new VaultFixture();
        await using var target = new VaultFixture(keyText: source.KeyText);
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await source.Vault.SaveAsync(VaultFixture.Bearer(name));
        }

        await using var stranger = new VaultFixture();
        await stranger.Vault.SaveAsync(VaultFixture.Bearer("x"));
        var lines = await TextAsync(source.Vault);
        var text = string.Join('\n',
            lines[0],
            lines[1].Replace("\"name\":\"b\"", "\"name\":\"z\"", StringComparison.Ordinal),
            lines[2].Replace("https://api.example", "https://evil.example", StringComparison.Ordinal),
            "",
            "not a line",
            lines[3].Replace("default/test", "acme/test", StringComparison.Ordinal),
            lines[4].Replace("\"v\":1,\"name\"", "\"v\":2,\"name\"", StringComparison.Ordinal),
            (await TextAsync(stranger.Vault))[0],
            lines[0]);

        var import = () => target.Vault.ImportAsync(StreamOf(text));

        var problems = (await import.Should().ThrowAsync<AccountImportException>()).Which.Problems;
        problems.Select(static problem => (problem.Position, problem.AccountName)).Should().Equal((2, "z"), (3, "c"), (5, null), (6, "d"), (7, null), (8, "x"), (9, "a"));
        (await CountAsync(target.Vault)).Should().Be(0);
    }

    [Fact]
    public async Task ImportAsync_FromAnotherRealm_NeedsItToBeNamed()
    {
        await using var source = new VaultFixture();
        await source.Vault.For("acme", "prod").SaveAsync(VaultFixture.Bearer("crm", "acme"));
        var export = await TextAsync(source.Vault.For("acme", "prod"));

        var unnamed = () => source.Vault.ImportAsync(StreamOf(export[0]));
        var result = await source.Vault.ImportAsync(StreamOf(export[0]), new() { SourceRealm = "acme", SourceEnvironment = "prod" });

        result.Unchanged.Should().BeEmpty();
        result.Created.Should().Equal("crm");
        await source.Vault.SaveAsync(VaultFixture.Bearer("crm", "ours"));
        (await unnamed.Should().ThrowAsync<AccountImportException>()).Which.Message.Should().Contain("SourceRealm");
        ((OAuthBearerAccount)await Stored(source, "crm")).Token.Reveal().Should().Be("ours");
    }

    [Theory]
    [InlineData(AccountImportConflict.Skip, "stored", "Skipped")]
    [InlineData(AccountImportConflict.Replace, "imported", "Replaced")]
    public async Task SaveAllAsync_OfANameThatIsTaken_DoesAsItIsTold(AccountImportConflict conflict, string token, string outcome)
    {
        await using var target = new VaultFixture();
        await target.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        await target.Vault.SaveAsync(VaultFixture.Bearer("same"));

        var result = await target.Vault.SaveAllAsync([VaultFixture.Bearer("crm", "imported"), VaultFixture.Bearer("same"), VaultFixture.Bearer("new")], conflict);

        ((OAuthBearerAccount)await Stored(target, "crm")).Token.Reveal().Should().Be(token);
        result.Created.Should().Equal("new");
        result.Unchanged.Should().Equal("same");
        (outcome == "Skipped" ? result.Skipped : result.Replaced).Should().Equal("crm");
        (outcome == "Skipped" ? result.Replaced : result.Skipped).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveAllAsync_OfNamesThatAreTakenByDefault_ListsThemAllAndSavesNothing()
    {
        await using var target = new VaultFixture();
        await target.Vault.SaveAsync(VaultFixture.Bearer("a", "stored"));
        await target.Vault.SaveAsync(VaultFixture.Bearer("b", "stored"));

        var save = () => target.Vault.SaveAllAsync([VaultFixture.Bearer("new"), VaultFixture.Bearer("a", "one"), VaultFixture.Bearer("b", "two")]);

        (await save.Should().ThrowAsync<AccountImportException>()).Which.Problems.Select(static problem => problem.AccountName).Should().Equal("a", "b");
        (await CountAsync(target.Vault)).Should().Be(2);
    }

    [Fact]
    public async Task SaveAllAsync_WithProblemsInSeveralAccounts_ListsThemAllWithoutAValue()
    {
        await using var target = new VaultFixture();

        var save = () => target.Vault.SaveAllAsync(
            [VaultFixture.Bearer("a", "hunter2\u00e9"), new CustomAuthHeaderAccount { Name = "b", HeaderName = "Content-Length", HeaderValue = new Secret("") }, VaultFixture.Bearer("c"), VaultFixture.Bearer("c")]);

        var exception = (await save.Should().ThrowAsync<AccountImportException>()).Which;
        exception.Problems.Select(static problem => $"{problem.Position} {problem.AccountName} {problem.Field}").Should().Equal("1 a Token", "2 b HeaderName", "2 b HeaderValue", "4 c ");
        exception.ToString().Should().NotContain("hunter2");
    }

    [Fact]
    public async Task SaveAllAsync_WhenASaveFailsAfterItTookEffect_TakesBackWhatWasSaved()
    {
        await using var target = new VaultFixture(static options => options.KeepRevisions = 1);
        await target.Vault.SaveAsync(VaultFixture.Bearer("a", "before"));
        using var cancellation = new CancellationTokenSource();
        var appends = 0;
        target.Store.AfterAppend = () => ++appends == 3 ? cancellation.CancelAsync() : Task.CompletedTask;

        var save = () => target.Vault.SaveAllAsync([VaultFixture.Bearer("a", "after"), VaultFixture.Bearer("b"), VaultFixture.Bearer("c"), VaultFixture.Bearer("d")], AccountImportConflict.Replace, cancellation.Token);

        await save.Should().ThrowAsync<OperationCanceledException>();
        appends.Should().Be(6, "three were saved, and each was taken back");
        ((OAuthBearerAccount)await Stored(target, "a")).Token.Reveal().Should().Be("before");
        (await CountAsync(target.Vault)).Should().Be(1, "b and c were deleted again, and d was never saved");
    }

    [Fact]
    public async Task SaveAllAsync_WhenTheStoreThrowsWhatNoStoreShould_TakesBackWhatWasSaved()
    {
        await using var target = new VaultFixture();
        var appends = 0;
        target.Store.AfterAppend = () => ++appends == 3 ? throw new ArgumentException("a mistake of the store") : Task.CompletedTask;

        var save = () => target.Vault.SaveAllAsync([VaultFixture.Bearer("a"), VaultFixture.Bearer("b"), VaultFixture.Bearer("c"), VaultFixture.Bearer("d")]);

        await save.Should().ThrowAsync<ArgumentException>();
        appends.Should().Be(6, "three were saved, and each was taken back");
        (await CountAsync(target.Vault)).Should().Be(0);
    }

    [Fact]
    public async Task SaveAllAsync_WhenTheStoreStaysDown_ListsWhatIsLeft()
    {
        await using var target = new VaultFixture();
        var appends = 0;
        target.Store.AfterAppend = () =>
        {
            target.Store.IsDown = ++appends == 2;
            return target.Store.IsDown ? throw new IOException("gone") : Task.CompletedTask;
        };

        var save = () => target.Vault.SaveAllAsync([VaultFixture.Bearer("a"), VaultFixture.Bearer("b"), VaultFixture.Bearer("c")]);

        var exception = (await save.Should().ThrowAsync<AccountImportException>()).Which;
        exception.Problems.Select(static problem => problem.AccountName).Should().Equal("b", "a");
        exception.InnerException.Should().BeOfType<AccountUnavailableException>();
    }

    [Fact]
    public async Task ImportAsync_OfConfiguredNames_IsRefused()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "configured"));

        var save = () => program.Vault.SaveAllAsync([VaultFixture.Bearer("crm")], AccountImportConflict.Replace);

        (await save.Should().ThrowAsync<AccountImportException>()).Which.Message.Should().Contain("configuration");
        (await ExportAsync(program.Vault)).Length.Should().Be(0, "what is configured is not stored");
    }

    [Fact]
    public async Task ExportAsync_OfAnAccountThatDoesNotOpen_WritesNothing()
    {
        await using var source = new VaultFixture();
        await source.Vault.SaveAsync(VaultFixture.Bearer("a"));
        await using var reader = new VaultFixture(store: source.Rows);
        using var output = new MemoryStream();

        var export = () => reader.Vault.ExportAsync(output);

        (await export.Should().ThrowAsync<AccountSealException>()).Which.AccountName.Should().Be("a");
        output.Length.Should().Be(0);
    }

    [Fact]
    public async Task ImportAsync_OfALineWithoutEnd_StopsAtTheLimit()
    {
        await using var target = new VaultFixture();
        using var endless = new EndlessStream();

        var import = () => target.Vault.ImportAsync(endless);

        (await import.Should().ThrowAsync<AccountImportException>()).Which.Problems.Should().ContainSingle().Which.Position.Should().Be(1);
        endless.Given.Should().BeLessThan(4_000_000);
    }

    private static async Task<Account> Stored(VaultFixture fixture, string name)
    {
        // Past the cache and the project's limit.
        var record = await fixture.Rows.GetAsync(VaultFixture.KeyOf(name));
        return fixture.Get<AccountReader>().Open(new AccountAddress("default", "test", name), record!).Account;
    }

    private static async Task<MemoryStream> ExportAsync(IAccountVault vault)
    {
        var output = new MemoryStream();
        await vault.ExportAsync(output);
        output.Position = 0;
        return output;
    }

    private static async Task<string[]> TextAsync(IAccountVault vault) =>
        Encoding.UTF8.GetString((await ExportAsync(vault)).ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static MemoryStream StreamOf(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<int> CountAsync(IAccountVault vault)
    {
        var count = 0;
        await foreach (var _ in vault.ListAsync())
        {
            count++;
        }

        return count;
    }
}
