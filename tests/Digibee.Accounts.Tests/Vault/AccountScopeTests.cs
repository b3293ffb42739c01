namespace Digibee.Accounts;

public sealed class AccountScopeTests
{
    [Fact]
    public async Task OpenAsync_InAScope_SeesTheScopesAccountBeforeTheStored()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));

        using (var scope = fixture.Vault.BeginScope())
        {
            scope.Set(VaultFixture.Bearer("crm", "scoped"));

            var opened = await fixture.Vault.OpenAsync("crm");
            opened.IsScoped.Should().BeTrue();
            (await TokenAsync(fixture.Vault)).Should().Be("scoped");
            (await Task.Run(() => TokenAsync(fixture.Vault))).Should().Be("scoped", "what the flow starts sees it");
        }

        (await TokenAsync(fixture.Vault)).Should().Be("stored");
    }

    [Fact]
    public async Task OpenAsync_BesideAScope_SeesNothingOfIt()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        var begun = new TaskCompletionSource();
        var sibling = Task.Run(async () =>
        {
            await begun.Task;
            return await TokenAsync(fixture.Vault);
        });

        using var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));
        begun.SetResult();

        (await sibling).Should().Be("stored");
    }

    [Fact]
    public async Task Set_InAThousandScopesWithTheSameName_NeverMeet()
    {
        await using var fixture = new VaultFixture();

        var ids = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => Task.Run(async () =>
        {
            using var scope = fixture.Vault.BeginScope();
            scope.Set(VaultFixture.Bearer("crm", $"token-{number}"));
            await Task.Yield();
            (await TokenAsync(fixture.Vault)).Should().Be($"token-{number}");
            return (await fixture.Vault.OpenAsync("crm")).Scope;
        })));

        ids.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
    }

    [Fact]
    public async Task Dispose_OfAnInnerScope_BringsTheOuterBack()
    {
        await using var fixture = new VaultFixture();
        using var outer = fixture.Vault.BeginScope();
        outer.Set(VaultFixture.Bearer("crm", "outer"));

        using (var inner = fixture.Vault.BeginScope())
        {
            (await TokenAsync(fixture.Vault)).Should().Be("outer");
            inner.Set(VaultFixture.Bearer("crm", "inner"));
            (await TokenAsync(fixture.Vault)).Should().Be("inner");
        }

        (await TokenAsync(fixture.Vault)).Should().Be("outer");
    }

    [Fact]
    public async Task OpenAsync_InATaskThatOutlivesItsScope_IsRefusedRatherThanGivenTheStoredAccount()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        var ended = new TaskCompletionSource();
        var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));
        var late = Task.Run(async () =>
        {
            await ended.Task;
            return await TokenAsync(fixture.Vault);
        });

        scope.Dispose();
        ended.SetResult();

        var open = () => late;
        (await open.Should().ThrowAsync<AccountNotFoundException>()).WithMessage("*scope that has ended*");
    }

    [Fact]
    public async Task BeginScope_OfOneEnvironment_LeavesTheOthersAlone()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.For("tenant", "test").SaveAsync(VaultFixture.Bearer("crm", "tenant's"));
        using var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));

        (await TokenAsync(fixture.Vault.For("tenant", "test"))).Should().Be("tenant's");
        (await TokenAsync(fixture.Vault.For("default", "test"))).Should().Be("scoped");
    }

    [Fact]
    public async Task Set_OfAnAccountThatIsNotRight_IsRefusedAsBySave()
    {
        await using var fixture = new VaultFixture();
        using var scope = fixture.Vault.BeginScope();

        var set = () => scope.Set(new OAuthBearerAccount { Name = "crm", Token = new Secret("") });

        set.Should().Throw<AccountValidationException>().Which.Problems.Should().ContainSingle(static problem => problem.Field == "Token");
    }

    [Fact]
    public async Task Dispose_OfAScope_DisposesWhatWasDerivedAMinuteLater()
    {
        await using var fixture = new VaultFixture();
        var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm"));
        var derived = (await fixture.Vault.OpenAsync("crm")).GetOrAddState(static _ => new MemoryStream());

        scope.Dispose();

        derived.CanRead.Should().BeTrue();
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        derived.CanRead.Should().BeFalse();
        var set = () => scope.Set(VaultFixture.Bearer("crm"));
        set.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task CommitAsync_OfAScopesAccount_StoresItForEverybody()
    {
        await using var fixture = new VaultFixture();
        using (var scope = fixture.Vault.BeginScope())
        {
            scope.Set(VaultFixture.Bearer("crm", "scoped"));

            var stored = await scope.CommitAsync("crm");

            stored.Revision.Should().BePositive();
            (await fixture.Vault.OpenAsync("crm")).IsScoped.Should().BeTrue("the scope keeps it");
        }

        (await TokenAsync(fixture.Vault)).Should().Be("scoped", "the stored one has secrets of its own, which the end of the scope leaves alone");
        await fixture.Vault.RefreshAsync("crm");
        (await TokenAsync(fixture.Vault)).Should().Be("scoped");
    }

    [Fact]
    public async Task CommitAsync_WithAnExpectedRevisionThatIsNotStored_IsAConflict()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        using var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));

        var commit = () => scope.CommitAsync("crm", new AccountSaveOptions { ExpectedRevision = 0 }).AsTask();

        await commit.Should().ThrowAsync<AccountConflictException>();
    }

    [Fact]
    public async Task CommitAsync_OfWhatIsNotThere_IsRefused()
    {
        await using var fixture = new VaultFixture();
        using var outer = fixture.Vault.BeginScope();
        outer.Set(VaultFixture.Bearer("crm", "outer"));
        var inner = fixture.Vault.BeginScope();

        var enclosing = () => inner.CommitAsync("crm").AsTask();
        await enclosing.Should().ThrowAsync<AccountNotFoundException>();
        inner.Dispose();
        await enclosing.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Dispose_OfAScopeThatNobodyUses_WipesItsSecretsAndNotTheCallers()
    {
        await using var fixture = new VaultFixture();
        var callers = VaultFixture.Bearer("crm", "scoped");
        OpenedAccount opened;
        byte[] bytes;
        using (var scope = fixture.Vault.BeginScope())
        {
            scope.Set(callers);
            opened = await fixture.Vault.OpenAsync("crm");
            bytes = BytesOf(((OAuthBearerAccount)opened.Account).Token);
        }

        bytes.Should().HaveCount(6).And.OnlyContain(static b => b == 0);
        var reveal = () => ((OAuthBearerAccount)opened.Account).Token.Reveal();
        reveal.Should().Throw<ObjectDisposedException>();
        callers.Token.Reveal().Should().Be("scoped");
    }

    [Fact]
    public async Task Set_OfAnAccountThatWasThere_WipesTheSecretsOfTheFirst()
    {
        await using var fixture = new VaultFixture();
        using var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "first"));
        var bytes = BytesOf(((OAuthBearerAccount)(await fixture.Vault.OpenAsync("crm")).Account).Token);

        scope.Set(VaultFixture.Bearer("crm", "second"));

        bytes.Should().OnlyContain(static b => b == 0);
        (await TokenAsync(fixture.Vault)).Should().Be("second");
    }

    [Fact]
    public async Task SaveAsync_OfAnAccountThatAScopeGave_OutlivesTheScope()
    {
        await using var fixture = new VaultFixture();
        using (var scope = fixture.Vault.BeginScope())
        {
            scope.Set(VaultFixture.Bearer("crm", "scoped"));
            await fixture.Vault.SaveAsync(await fixture.Vault.GetAsync("crm") with { Description = "changed" });
        }

        (await TokenAsync(fixture.Vault)).Should().Be("scoped");
    }

    private static async Task<string> TokenAsync(IAccountVault vault) => (await vault.GetAsync<OAuthBearerAccount>("crm")).Token.Reveal();

    // Past the wall that a wiped secret puts up: were the bytes really overwritten?
    private static byte[] BytesOf(Secret secret) => (byte[])typeof(Secret).GetField("_utf8", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(secret)!;
}
