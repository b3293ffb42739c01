using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

public sealed class ConfiguredAccountsTests
{
    [Fact]
    public async Task OpenAsync_OfAConfiguredAccount_GivesItBeforeTheStoredOneOfItsName()
    {
        await using var program = new ConfiguredProgram([]);
        await program.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        (await program.TokenOfAsync("crm")).Should().Be("stored");
        program.Change(ConfiguredProgram.Bearer("CRM", "from-configuration"));

        var opened = await program.Vault.OpenAsync("crm");

        (await program.TokenOfAsync("crm")).Should().Be("from-configuration", "keys of a configuration have no case");
        opened.Account.AllowedOrigins.Should().Equal("https://api.example");
        (await program.Vault.OpenAsync("crm")).Should().BeSameAs(opened);
        (await program.Services.GetRequiredService<IAccountSource>().OpenAsync(new("default", "test", "crm"), null, CancellationToken.None)).Should().BeSameAs(opened);
        (await program.Services.GetRequiredService<AccountOpener>().OpenAsync(new("default", "test", "crm"), CancellationToken.None)).Should().BeSameAs(opened);
    }

    [Fact]
    public async Task OpenAsync_InAnotherRealmOrEnvironment_FindsOnlyWhatIsConfiguredThere()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "acme"), options: static options => (options.Realm, options.Environment) = ("acme", "prod"));

        var elsewhere = async () => await program.Vault.OpenAsync("crm");

        ((OAuthBearerAccount)(await program.Vault.For("acme", "prod").OpenAsync("crm")).Account).Token.Reveal().Should().Be("acme");
        await elsewhere.Should().ThrowAsync<AccountNotFoundException>();
    }

    [Fact]
    public async Task Send_WithAConfiguredAccount_AppliesItAndEachChangeFromTheNextRequestOn()
    {
        await using var network = await TestNetwork.StartAsync();
        await using var program = new ConfiguredProgram(
            ConfiguredProgram.Bearer("crm", "one"),
            configure: services => services.AddHttpClient("crm").UseAccount("crm").ConfigurePrimaryHttpMessageHandler(network.CreateHandler));
        using var client = program.Services.CreateClient("crm");

        using var first = await client.GetAsync("https://api.example/");
        program.Change(ConfiguredProgram.Bearer("crm", "two"));
        using var second = await client.GetAsync("https://api.example/");

        network.Requests.Select(static request => request.Header("Authorization")).Should().Equal("Bearer one", "Bearer two");
    }

    [Fact]
    public async Task Change_OfOneAccount_KeepsTheInstanceOfTheOthersAndTellsWatchers()
    {
        await using var program = new ConfiguredProgram([.. ConfiguredProgram.Bearer("crm", "one"), .. ConfiguredProgram.Bearer("erp", "same")]);
        var before = (Crm: await program.Vault.OpenAsync("crm"), Erp: await program.Vault.OpenAsync("erp"));
        await using var changes = program.Vault.WatchAsync().GetAsyncEnumerator();
        await changes.MoveNextAsync();

        program.Change(ConfiguredProgram.Bearer("crm", "two"));

        (await program.Vault.OpenAsync("erp")).Should().BeSameAs(before.Erp, "its header, connections and tokens go on");
        var after = await program.Vault.OpenAsync("crm");
        after.Revision.Should().BeGreaterThan(before.Crm.Revision);
        (await program.TokenOfAsync("crm")).Should().Be("two");
        (await changes.MoveNextAsync()).Should().BeTrue();
        changes.Current.Should().Be(new AccountChange("crm", after.Revision));
    }

    [Fact]
    public async Task Change_ThatTakesAnAccountOut_ShowsTheStoredOneAgain()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "configured"));

        program.Change(("crm:type", null), ("crm:token", null), ("crm:allowedOrigins:0", null));

        await program.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        (await program.TokenOfAsync("crm")).Should().Be("stored");
    }

    [Fact]
    public async Task Change_ThatHoldsAMistake_KeepsTheLastGoodAccountsAndSaysSo()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "good"));
        await program.TokenOfAsync("crm");

        program.Change([.. ConfiguredProgram.Bearer("crm", "not-taken"), ("erp:type", "basic"), ("erp:userName", "alice"), ("erp:password", "a-literal")]);

        (await program.TokenOfAsync("crm")).Should().Be("good");
        program.Logs.Text.Should().Contain("Account 'erp': Password:").And.NotContain("a-literal").And.NotContain("not-taken");
        var health = await CheckAsync(program);
        health.Status.Should().Be(HealthStatus.Degraded);
        health.Data["configurationProblems"].Should().Be(1);

        program.Change(("erp:type", null), ("erp:userName", null), ("erp:password", null));

        (await program.TokenOfAsync("crm")).Should().Be("not-taken", "the mistake is gone");
        (await CheckAsync(program)).Status.Should().Be(HealthStatus.Healthy);
    }

    [Fact]
    public async Task GetService_WithMistakesAtTheStart_ThrowsAllOfThemAtOnce()
    {
        await using var program = new ConfiguredProgram(
        [
            ("crm:type", "oauth-bearer"), ("crm:token", "l1teral"), ("crm:tokn", "x"), ("crm:allowedOrigins:0", "ftp://api.example"),
            ("erp:type", "basic"), ("erp:password", "env:ACCOUNTS_TEST_IS_NOT_SET"),
            ("maps:type", "api-key"), ("maps:parameterName", "Content Length"), ("maps:key", $"env:{ConfiguredProgram.Variable("s3cret\nline")}"), ("maps:placement", "7"),
            ("odd name:type", "basic"), ("none:description", "d"),
        ]);

        var use = () => program.Vault;

        var failures = use.Should().Throw<OptionsValidationException>().Which.Failures.ToArray();
        failures.Select(static failure => string.Join(':', failure.Split(": ").Take(2))).Should().BeEquivalentTo(
            "Account 'crm':Token", "Account 'crm':tokn", "Account 'crm':AllowedOrigins",
            "Account 'erp':Password", "Account 'erp':UserName",
            "Account 'maps':Key", "Account 'maps':Placement",
            "Account 'odd name':its name must be [a-z0-9][a-z0-9._-]{0,63}.", "Account 'none':type");
        string.Join(' ', failures).Should().NotContain("l1teral").And.NotContain("s3cret").And.NotContain("IS_NOT_SET");
    }

    [Fact]
    public async Task StartAsync_OfAHostWithAMistake_Fails()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration["Accounts:crm:type"] = "oauth-bearer";
        builder.Configuration["Accounts:crm:token"] = "l1teral";
        builder.Services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()))
            .AddAccounts(builder.Configuration.GetSection("Accounts"));
        using var host = builder.Build();

        var start = () => host.StartAsync();

        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().Contain("'crm'").And.NotContain("l1teral");
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    [InlineData(null, false)]
    public async Task GetService_WithALiteralSecret_TakesItInDevelopmentOnly(string? hostEnvironment, bool isTaken)
    {
        await using var program = new ConfiguredProgram([("crm:type", "oauth-bearer"), ("crm:token", "a-literal")], hostEnvironment);

        var use = () => program.TokenOfAsync("crm");

        if (isTaken)
        {
            (await use()).Should().Be("a-literal");
        }
        else
        {
            (await use.Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().NotContain("a-literal");
        }
    }

    [Fact]
    public async Task DeleteAsync_OfAStoredAccountThatAConfiguredOneRefersTo_IsRefusedUnlessForced()
    {
        await using var program = new ConfiguredProgram([("mail:type", "smtp"), ("mail:host", "mail.example"), ("mail:port", "587"), ("mail:userName", "me@mail.example"), ("mail:bearerAccount", "mailbox")]);
        await program.Vault.SaveAsync(VaultFixture.Bearer("mailbox"));
        var other = program.Vault.For("default", "other");
        await other.SaveAsync(VaultFixture.Bearer("mailbox"));

        var delete = async () => await program.Vault.DeleteAsync("mailbox");

        (await delete.Should().ThrowAsync<AccountInUseException>()).Which.Message.Should().Contain("'mail'");
        (await other.DeleteAsync("mailbox")).Should().BeTrue("the configured account is of another environment");
        (await program.Vault.DeleteAsync("mailbox", new() { EvenIfInUse = true })).Should().BeTrue();
        (await program.Vault.DeleteAsync("mailbox")).Should().BeFalse("there is nothing to delete any more");
    }

    [Fact]
    public async Task SaveRollbackAndDelete_OfAConfiguredName_AreRefused()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "configured"));
        Func<Task>[] changes =
        [
            async () => await program.Vault.SaveAsync(VaultFixture.Bearer("crm")),
            async () => await program.Vault.RollbackAsync("crm", 1),
            async () => await program.Vault.DeleteAsync("crm", new() { EvenIfInUse = true }),
        ];

        foreach (var change in changes)
        {
            (await change.Should().ThrowAsync<AccountReadOnlyException>()).Which.AccountName.Should().Be("crm");
        }

        await program.Vault.SaveAsync(VaultFixture.Bearer("erp"));
    }

    [Fact]
    public async Task ListAsync_WithStoredAndConfiguredAccounts_MergesThemByName()
    {
        await using var program = new ConfiguredProgram([]);
        await program.Vault.SaveAllAsync(new[] { "a", "b", "c", "z-2" }.Select(static name => VaultFixture.Bearer(name)));
        program.Change([.. ConfiguredProgram.Bearer("b", "t"), .. ConfiguredProgram.Bearer("d", "t"), .. ConfiguredProgram.Bearer("z-1", "t")]);

        (await ListAsync(program.Vault, null)).Should().Equal("a", "b*", "c", "d*", "z-1*", "z-2");
        (await ListAsync(program.Vault, new() { NamePrefix = "z" })).Should().Equal("z-1*", "z-2");
        (await ListAsync(program.Vault, new() { Type = AccountType.Basic })).Should().BeEmpty();
        (await ListAsync(program.Vault, new() { ExpiresBefore = DateTimeOffset.MaxValue })).Should().BeEmpty("none of them ends");
        (await ListAsync(program.Vault.For("default", "prod"), null)).Should().BeEmpty();
    }

    [Fact]
    public async Task BeginScope_WithAConfiguredName_StandsBeforeTheConfiguration()
    {
        await using var program = new ConfiguredProgram(ConfiguredProgram.Bearer("crm", "configured"));

        using var scope = program.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));

        (await program.TokenOfAsync("crm")).Should().Be("scoped");
    }

    [Fact]
    public async Task RefreshAsync_AfterItsVariableChanged_ReadsItAgain()
    {
        var variable = ConfiguredProgram.Variable("one");
        await using var program = new ConfiguredProgram([("crm:type", "oauth-bearer"), ("crm:token", $"env:{variable}")]);
        (await program.TokenOfAsync("crm")).Should().Be("one");
        Environment.SetEnvironmentVariable(variable, "two");

        await program.Vault.RefreshAsync("crm");

        (await program.TokenOfAsync("crm")).Should().Be("two");
        Environment.SetEnvironmentVariable(variable, null);
        var refresh = async () => await program.Vault.RefreshAsync("crm");
        (await refresh.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeFalse();
        (await program.TokenOfAsync("crm")).Should().Be("two");
    }

    [Fact]
    public async Task AddAccounts_OfOneNameTwice_IsAMistake()
    {
        var accounts = ConfiguredProgram.Bearer("crm", "one");
        await using var program = new ConfiguredProgram(accounts, configure: services => services.AddDigibeeAccounts().AddAccounts(Section(ConfiguredProgram.Bearer("crm", "two"))));

        var use = () => program.Vault;

        use.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Contain("'crm'").And.Contain("configured twice");
    }

    private static IConfiguration Section((string Key, string? Value)[] values) =>
        new ConfigurationBuilder().Add(new ChangingConfiguration(values)).Build();

    private static async Task<List<string>> ListAsync(IAccountVault vault, AccountQuery? query)
    {
        var names = new List<string>();
        await foreach (var summary in vault.ListAsync(query))
        {
            names.Add(summary.Address.Name + (summary.IsConfigured ? "*" : ""));
        }

        return names;
    }

    private static Task<HealthCheckResult> CheckAsync(ConfiguredProgram program) => program.Services.GetRequiredService<DigibeeAccountsHealthCheck>()
        .CheckHealthAsync(new HealthCheckContext { Registration = new("accounts", static _ => null!, null, null) });
}
