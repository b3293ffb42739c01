namespace Digibee.Accounts;

public sealed class AccountVaultTests
{
    [Fact]
    public async Task CopyAsync_ToAnotherEnvironment_SealsItAnewThere()
    {
        await using var fixture = new VaultFixture();
        var other = fixture.Vault.For("tenant", "prod");
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored") with { Description = "the CRM", Projects = ["billing"] });

        var copied = await fixture.Vault.CopyAsync("crm", "tenant", "prod");

        copied.Address.ToString().Should().Be("tenant/prod/crm");
        copied.Description.Should().Be("the CRM");
        copied.Projects.Should().Equal("billing");
        await other.RefreshAsync("crm");
        var open = () => other.OpenAsync("crm").AsTask();
        (await open.Should().ThrowAsync<AccountNotFoundException>("the projects were copied too")).WithMessage("*project*");
    }

    [Fact]
    public async Task CopyAsync_InAScope_CopiesTheStoredAccount()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        using var scope = fixture.Vault.BeginScope();
        scope.Set(VaultFixture.Bearer("crm", "scoped"));

        await fixture.Vault.CopyAsync("crm", "tenant", "prod");

        (await fixture.Vault.For("tenant", "prod").GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("stored");
    }

    [Fact]
    public async Task CopyAsync_OntoAnAccountThatIsNotExpected_IsAConflict()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "stored"));
        await fixture.Vault.For("tenant", "prod").SaveAsync(VaultFixture.Bearer("crm", "theirs"));

        var copy = () => fixture.Vault.CopyAsync("crm", "tenant", "prod", new AccountSaveOptions { ExpectedRevision = 0 }).AsTask();

        await copy.Should().ThrowAsync<AccountConflictException>();
        (await fixture.Vault.For("tenant", "prod").GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("theirs");
    }

    [Fact]
    public async Task OpenAsync_OfASavedAccount_GivesItFromTheStoreToo()
    {
        var rows = new InMemoryAccountStore();
        await using var writer = new VaultFixture(store: rows);
        await using var reader = new VaultFixture(store: rows, keyText: writer.KeyText);
        var account = VaultFixture.Bearer("crm") with { Description = "CRM", Projects = [], ExpiresAt = DateTimeOffset.UnixEpoch.AddYears(70) };

        var saved = await writer.Vault.SaveAsync(account);
        var opened = await reader.Vault.OpenAsync("crm");

        opened.Account.Should().Be(account);
        opened.Revision.Should().Be(saved.Revision);
        opened.Address.ToString().Should().Be("default/test/crm");
        opened.IsScoped.Should().BeFalse();
    }

    [Fact]
    public async Task SaveAsync_ChoosesRevisions_ThatGrowAndFollowTheClock()
    {
        await using var fixture = new VaultFixture();

        var first = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "one"));
        var second = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "two"));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var third = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "three"));

        first.Revision.Should().Be(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000);
        second.Revision.Should().Be(first.Revision + 1);
        third.Revision.Should().Be(first.Revision + 1_000_000);
        (await fixture.Vault.GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("three");
    }

    [Fact]
    public async Task SaveAsync_WithAnExpectedRevision_ReplacesThatOneOnly()
    {
        await using var fixture = new VaultFixture();
        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"), new() { ExpectedRevision = 0 });

        var again = async () => await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"), new() { ExpectedRevision = 0 });
        var stale = async () => await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"), new() { ExpectedRevision = saved.Revision - 1 });

        (await again.Should().ThrowAsync<AccountConflictException>()).Which.AccountName.Should().Be("crm");
        await stale.Should().ThrowAsync<AccountConflictException>();
        (await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "two"), new() { ExpectedRevision = saved.Revision })).Revision.Should().BeGreaterThan(saved.Revision);
    }

    [Fact]
    public async Task SaveAsync_FromManyAtOnce_LosesNone()
    {
        await using var fixture = new VaultFixture();

        var saves = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(async () => await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", $"token-{number}")))));

        saves.Select(static saved => saved.Revision).Should().OnlyHaveUniqueItems();
        (await fixture.Vault.OpenAsync("crm")).Revision.Should().Be(saves.Max(static saved => saved.Revision));
    }

    [Fact]
    public async Task SaveAsync_OfAnAccountThatIsNotRight_ReportsAllProblemsAndStoresNothing()
    {
        await using var fixture = new VaultFixture();

        var save = async () => await fixture.Vault.SaveAsync(new CustomAuthHeaderAccount { Name = "crm", HeaderName = "Host", HeaderValue = new Secret("värde"), Description = new string('x', 1_001) });

        (await save.Should().ThrowAsync<AccountValidationException>()).Which.Problems.Select(static problem => problem.Field)
            .Should().BeEquivalentTo("HeaderName", "HeaderValue", "Description");
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
    }

    [Fact]
    public async Task SaveAsync_WhenTheAcknowledgementIsLost_KnowsItsOwnWrite()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.LosesAcknowledgements = true;

        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        saved.Revision.Should().Be((await fixture.Rows.GetAsync(VaultFixture.KeyOf("crm")))!.Revision);
    }

    [Fact]
    public async Task SaveAsync_WhenTheStoreIsDown_SaysSo()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.IsDown = true;

        var save = async () => await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        (await save.Should().ThrowAsync<AccountUnavailableException>()).Which.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task DeleteAsync_OfAnAccount_HidesItUntilARollback()
    {
        await using var fixture = new VaultFixture();
        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "first"));

        (await fixture.Vault.DeleteAsync("crm")).Should().BeTrue();
        (await fixture.Vault.DeleteAsync("crm")).Should().BeFalse();
        var open = async () => await fixture.Vault.OpenAsync("crm");
        await open.Should().ThrowAsync<AccountNotFoundException>();
        var back = await fixture.Vault.RollbackAsync("crm", saved.Revision);

        back.Revision.Should().BeGreaterThan(saved.Revision + 1);
        (await fixture.Vault.GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("first");
    }

    [Fact]
    public async Task DeleteAsync_OfAnotherRevision_IsAConflict()
    {
        await using var fixture = new VaultFixture();
        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        var delete = async () => await fixture.Vault.DeleteAsync("crm", new() { ExpectedRevision = saved.Revision + 1 });

        await delete.Should().ThrowAsync<AccountConflictException>();
        (await fixture.Vault.ExistsAsync("crm")).Should().BeTrue();
    }

    [Fact]
    public async Task GetHistoryAsync_ListsKeptRevisions_NewestFirst()
    {
        await using var fixture = new VaultFixture(static options => options.KeepRevisions = 3);
        for (var i = 0; i < 4; i++)
        {
            await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm") with { Description = $"{i}" });
        }

        await fixture.Vault.DeleteAsync("crm");
        var history = await fixture.Vault.GetHistoryAsync("crm").ToListAsync();

        history.Select(static revision => revision.Description).Should().Equal(null, "3", "2");
        history[0].IsDeleted.Should().BeTrue();
        history.Should().BeInDescendingOrder(static revision => revision.Revision);
        var gone = async () => await fixture.Vault.RollbackAsync("crm", history[2].Revision - 1);
        await gone.Should().ThrowAsync<AccountNotFoundException>();
    }

    [Fact]
    public async Task ListAsync_OverMoreThanAPage_GivesEachAccountOnceInOrder()
    {
        await using var fixture = new VaultFixture();
        var names = Enumerable.Range(0, 450).Select(static number => $"a{number:000}").ToArray();
        foreach (var name in names)
        {
            await fixture.Vault.SaveAsync(VaultFixture.Bearer(name));
        }

        await fixture.Vault.For("other", "test").SaveAsync(VaultFixture.Bearer("a-foreign"));

        var listed = await fixture.Vault.ListAsync().ToListAsync();
        var some = await fixture.Vault.ListAsync(new() { NamePrefix = "a44", Type = AccountType.OAuthBearer }).ToListAsync();

        listed.Select(static summary => summary.Address.Name).Should().Equal(names);
        some.Should().HaveCount(10);
        (await fixture.Vault.ListAsync(new() { Type = AccountType.Basic }).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task For_AnotherRealmOrEnvironment_IsAnotherVault()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.For("tenant-a", "test").SaveAsync(VaultFixture.Bearer("crm", "a"));
        await fixture.Vault.For("tenant-a", "prod").SaveAsync(VaultFixture.Bearer("crm", "a-prod"));
        await fixture.Vault.For("tenant-b", "test").SaveAsync(VaultFixture.Bearer("crm", "b"));

        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
        (await fixture.Vault.For("tenant-a", "test").GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("a");
        (await fixture.Vault.For("tenant-a", "prod").GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("a-prod");
        (await fixture.Vault.For("tenant-b", "test").GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("b");
        var traversal = () => fixture.Vault.For("tenant-a/prod", "x");
        traversal.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task OpenAsync_ForAnotherProject_IsRefusedWithTheReason()
    {
        await using var fixture = new VaultFixture(static options => options.Project = "billing");
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("mine") with { Projects = ["billing", "crm"] });
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("theirs") with { Projects = ["crm"] });

        (await fixture.Vault.OpenAsync("mine")).Account.Name.Should().Be("mine");
        var open = async () => await fixture.Vault.OpenAsync("theirs");
        (await open.Should().ThrowAsync<AccountNotFoundException>()).WithMessage("*not available to project 'billing'*");
    }

    [Fact]
    public async Task GetAsync_OfAnotherType_SaysWhichItIs()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        var get = async () => await fixture.Vault.GetAsync<BasicAccount>("crm");

        (await get.Should().ThrowAsync<AccountTypeMismatchException>()).WithMessage("*OAuth Bearer*BasicAccount*");
    }

    [Fact]
    public async Task SaveAsync_WithAnHttpOrigin_WarnsOfClearText()
    {
        await using var fixture = new VaultFixture();

        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm") with { AllowedOrigins = ["http://intranet:8080", "http://localhost:5000"] });

        saved.Warnings.Should().ContainSingle().Which.Should().Contain("http://intranet:8080");
    }

    [Fact]
    public async Task WatchAsync_OfAPartition_BeginsKeylessAndNamesChanges()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var changes = fixture.Vault.WatchAsync(stop.Token).GetAsyncEnumerator(stop.Token);

        (await changes.MoveNextAsync()).Should().BeTrue();
        changes.Current.Name.Should().BeNull();
        await fixture.Vault.For("other", "test").SaveAsync(VaultFixture.Bearer("foreign"));
        var saved = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        (await changes.MoveNextAsync()).Should().BeTrue();

        changes.Current.Should().Be(new AccountChange("crm", saved.Revision));
    }

    [Fact]
    public async Task WatchAsync_WhenTheReaderIsSlow_MergesIntoOneItemWithoutAName()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var changes = fixture.Vault.WatchAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        await changes.MoveNextAsync();

        for (var i = 0; i < 600; i++)
        {
            await fixture.Vault.SaveAsync(VaultFixture.Bearer($"a{i}"));
        }

        await fixture.EchoesAsync();
        await changes.MoveNextAsync();
        changes.Current.Name.Should().BeNull();
    }
}
