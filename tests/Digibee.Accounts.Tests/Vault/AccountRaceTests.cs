namespace Digibee.Accounts;

/// <summary>Saves, deletes, reads and refreshes that cross: whoever comes last in the store is what everybody gets, at once or at the next read.</summary>
public sealed class AccountRaceTests
{
    [Fact]
    public async Task SaveAsync_WhenSomebodyElseSavesBeforeItReturns_LeavesTheLaterRevisionInForce()
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        await fixture.FeedAsync(isAlive: true);
        fixture.Store.AfterAppend = async () =>
        {
            await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "later"));
            await fixture.EchoesAsync();
        };

        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "earlier"));

        (await TokenAsync(fixture)).Should().Be("later");
    }

    [Fact]
    public async Task SaveAsync_WhenADeleteHereOvertakesIt_LeavesTheAccountDeleted()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        fixture.Store.AfterAppend = async () =>
        {
            fixture.Store.AfterAppend = static () => Task.CompletedTask;
            (await fixture.Vault.DeleteAsync("crm")).Should().BeTrue();
        };

        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
        fixture.Get<OpenedAccountCache>().Count.Should().Be(0);
    }

    [Fact]
    public async Task DeleteAsync_CancelledAfterItTookEffect_IsInForceAllTheSame()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.Vault.OpenAsync("crm");
        using var giveUp = new CancellationTokenSource();
        fixture.Store.AfterAppend = async () =>
        {
            await fixture.EchoesAsync();
            await giveUp.CancelAsync();
        };

        var delete = async () => await fixture.Vault.DeleteAsync("crm", options: null, giveUp.Token);

        await delete.Should().ThrowAsync<OperationCanceledException>();
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenAsync_WhoseReadIsOvertakenByAChange_GivesWhatNobodyElseGets(bool isDeleted)
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "old"));
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        var gate = new TaskCompletionSource();
        fixture.Store.GateAfterRead = gate.Task;
        var slow = fixture.Vault.OpenAsync("crm").AsTask();
        await VaultFixture.Eventually(() => fixture.Store.Reads == 1);
        fixture.Store.GateAfterRead = Task.CompletedTask;

        if (isDeleted)
        {
            await fixture.Vault.DeleteAsync("crm");
        }
        else
        {
            await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));
        }

        gate.SetResult();

        (await slow).HasLeft.Should().BeTrue();
        if (!isDeleted)
        {
            (await fixture.Vault.OpenAsync("crm")).HasLeft.Should().BeFalse();
        }
    }

    [Fact]
    public async Task RefreshAsync_WhileAReadIsUnderWay_DoesNotLetItHideALaterSave()
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "old"));
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        await fixture.FeedAsync(isAlive: true);
        var gate = new TaskCompletionSource();
        fixture.Store.GateAfterRead = gate.Task;
        var slow = fixture.Vault.OpenAsync("crm").AsTask();
        await VaultFixture.Eventually(() => fixture.Store.Reads == 1);
        fixture.Store.GateAfterRead = Task.CompletedTask;
        await fixture.Vault.RefreshAsync("crm");

        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));
        await VaultFixture.Eventually(() => fixture.Get<OpenedAccountCache>().Find("default/test", "crm")!.IsOutdated);
        gate.SetResult();
        await slow;

        (await TokenAsync(fixture)).Should().Be("new");
    }

    [Fact]
    public async Task RefreshAsync_OvertakenByADelete_DoesNotBringTheAccountBack()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        var reads = fixture.Store.Reads;
        var gate = new TaskCompletionSource();
        fixture.Store.GateAfterRead = gate.Task;
        var refresh = fixture.Vault.RefreshAsync("crm").AsTask();
        await VaultFixture.Eventually(() => fixture.Store.Reads == reads + 1);
        fixture.Store.GateAfterRead = Task.CompletedTask;

        await fixture.Vault.DeleteAsync("crm");
        gate.SetResult();
        await refresh;

        fixture.Get<OpenedAccountCache>().Count.Should().Be(0);
        fixture.Store.IsDown = true;
        var open = async () => await fixture.Vault.OpenAsync("crm");
        await open.Should().ThrowAsync<AccountUnavailableException>();
    }

    [Fact]
    public async Task OpenAsync_OfAStoreThatHangs_ServesWhatWasCurrentAfterHalfAMinute()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.Vault.OpenAsync("crm");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var reads = fixture.Store.Reads;
        fixture.Store.Gate = new TaskCompletionSource().Task;

        var waiting = fixture.Vault.OpenAsync("crm").AsTask();
        await VaultFixture.Eventually(() =>
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(10));
            return fixture.Store.Reads > reads && waiting.IsCompleted;
        });

        (await waiting).Account.Name.Should().Be("crm");
    }

    [Fact]
    public async Task ListAsync_WithAPrefixThatNoNameHas_IsTheCallersMistakeAndNoOutage()
    {
        await using var fixture = new VaultFixture();

        var list = async () => await fixture.Vault.ListAsync(new() { NamePrefix = "ü" }).ToListAsync();

        await list.Should().ThrowAsync<ArgumentException>();
        fixture.Get<StoreStatus>().IsDown.Should().BeFalse();
    }

    [Fact]
    public async Task OpenAsync_WhenTheFeedIsDoubtedTwice_StillServesWhatWasCurrentBefore()
    {
        await using var fixture = new VaultFixture(static options => options.CacheIdleTime = TimeSpan.FromDays(1));
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.EchoesAsync();
        await fixture.Vault.OpenAsync("crm");
        fixture.Time.Advance(TimeSpan.FromMinutes(4));
        for (var i = 0; i < 3; i++)
        {
            var epoch = fixture.Feed.AliveEpoch;
            fixture.Feed.Doubt();
            await VaultFixture.Eventually(() =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                return fixture.Feed.AliveEpoch > epoch;
            });
        }

        fixture.Store.IsDown = true;
        fixture.Time.Advance(TimeSpan.FromMinutes(58));

        (await fixture.Vault.OpenAsync("crm")).Account.Name.Should().Be("crm");
    }

    private static async Task<string> TokenAsync(VaultFixture fixture) => (await fixture.Vault.GetAsync<OAuthBearerAccount>("crm")).Token.Reveal();
}
