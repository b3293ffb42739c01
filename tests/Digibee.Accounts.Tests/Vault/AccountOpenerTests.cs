using System.Diagnostics;

namespace Digibee.Accounts;

/// <summary>What is cached, for how long, and what happens when the store, its feed or a caller gives up.</summary>
public sealed class AccountOpenerTests
{
    [Fact]
    public async Task OpenAsync_OfACachedAccount_GivesTheSameInstanceWithoutARead()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.EchoesAsync();
        var first = await fixture.Vault.OpenAsync("crm");
        var reads = fixture.Store.Reads;

        fixture.Time.Advance(TimeSpan.FromMinutes(4));
        var second = await fixture.Vault.OpenAsync("crm");

        second.Should().BeSameAs(first);
        fixture.Store.Reads.Should().Be(reads, "the feed is alive, so what is cached is current however long ago it was read");
    }

    [Fact]
    public async Task OpenAsync_FromManyAtOnce_ReadsTheStoreOnce()
    {
        var rows = new InMemoryAccountStore();
        await using var writer = new VaultFixture(store: rows);
        await writer.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await using var fixture = new VaultFixture(store: rows, keyText: writer.KeyText);
        var gate = new TaskCompletionSource();
        fixture.Store.Gate = gate.Task;

        var waiting = Enumerable.Range(0, 200).Select(_ => fixture.Vault.OpenAsync("crm").AsTask()).ToArray();
        gate.SetResult();
        var opened = await Task.WhenAll(waiting);

        fixture.Store.Reads.Should().Be(1);
        opened.Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task OpenAsync_WhenOneCallerGivesUp_GoesOnForTheOthers()
    {
        var rows = new InMemoryAccountStore();
        await using var writer = new VaultFixture(store: rows);
        await writer.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await using var fixture = new VaultFixture(store: rows, keyText: writer.KeyText);
        var gate = new TaskCompletionSource();
        fixture.Store.Gate = gate.Task;
        using var giveUp = new CancellationTokenSource();

        var first = fixture.Vault.OpenAsync("crm", giveUp.Token).AsTask();
        var second = fixture.Vault.OpenAsync("crm").AsTask();
        await giveUp.CancelAsync();
        var given = () => first;
        await given.Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();

        (await second).Account.Name.Should().Be("crm");
        fixture.Store.Reads.Should().Be(1);
    }

    [Fact]
    public async Task OpenAsync_SharedByCallers_RunsInTheFlowOfNone()
    {
        await using var fixture = new VaultFixture();
        var ambient = new AsyncLocal<string?> { Value = "the first caller's" };
        using var activity = new Activity("request").Start();
        (string? Ambient, Activity? Activity) seen = ("not read", activity);
        fixture.Store.Observe = () => seen = (ambient.Value, Activity.Current);

        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();

        seen.Should().Be((null, null));
    }

    [Fact]
    public async Task OpenAsync_OfAnUnknownName_IsRememberedForSecondsOnly()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;

        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();
        fixture.Store.Reads.Should().Be(1);
        fixture.Time.Advance(TimeSpan.FromSeconds(5));
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();

        fixture.Store.Reads.Should().Be(2);
    }

    [Fact]
    public async Task OpenAsync_OfAnUnknownName_IsFoundAsSoonAsTheFeedSpeaks()
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        await fixture.FeedAsync(isAlive: true);
        (await fixture.Vault.ExistsAsync("crm")).Should().BeFalse();

        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        await VaultFixture.Eventually(() => fixture.Vault.ExistsAsync("crm").AsTask().Result);
    }

    [Fact]
    public async Task OpenAsync_AfterASaveElsewhere_FollowsTheFeed()
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "old"));
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.OpenAsync("crm");

        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));

        await VaultFixture.Eventually(() => fixture.Vault.GetAsync<OAuthBearerAccount>("crm").AsTask().Result.Token.Reveal() == "new");
    }

    [Fact]
    public async Task OpenAsync_WithoutALiveFeed_ReadsAgainAfterTheStaleTime()
    {
        var rows = new InMemoryAccountStore();
        await using var elsewhere = new VaultFixture(store: rows);
        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "old"));
        await using var fixture = new VaultFixture(store: rows, keyText: elsewhere.KeyText);
        fixture.Store.HasDeadFeed = true;
        var first = await fixture.Vault.OpenAsync("crm");

        fixture.Time.Advance(TimeSpan.FromSeconds(29));
        await fixture.Vault.OpenAsync("crm");
        fixture.Store.Reads.Should().Be(1);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var confirmed = await fixture.Vault.OpenAsync("crm");
        fixture.Store.Reads.Should().Be(2);
        await elsewhere.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        var changed = await fixture.Vault.OpenAsync("crm");

        confirmed.Should().BeSameAs(first, "the store still has that revision");
        ((OAuthBearerAccount)changed.Account).Token.Reveal().Should().Be("new");
    }

    [Fact]
    public async Task OpenAsync_WhenAFeedFallsSilent_ProvesItAnewAndReadsAgain()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.EchoesAsync();
        await fixture.Vault.OpenAsync("crm");
        var epoch = fixture.Feed.AliveEpoch;
        var reads = fixture.Store.Reads;

        for (var minute = 0; minute < 6; minute++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await VaultFixture.Eventually(() => fixture.Feed.AliveEpoch > epoch);
        await fixture.Vault.OpenAsync("crm");
        fixture.Store.Reads.Should().Be(reads + 1);
    }

    [Fact]
    public async Task OpenAsync_DuringAnOutage_ServesWhatWasCurrentForAnHourMore()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        var before = await fixture.Vault.OpenAsync("crm");
        fixture.Store.IsDown = true;
        var open = async () => await fixture.Vault.OpenAsync("crm");

        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        (await open()).Should().BeSameAs(before);
        (await open()).Should().BeSameAs(before);
        fixture.Time.Advance(TimeSpan.FromMinutes(10));
        (await open()).Should().BeSameAs(before);
        for (var minutes = 20; minutes <= 60; minutes += 10)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(10));
            if (minutes < 60)
            {
                (await open()).Should().BeSameAs(before);
            }
        }

        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        (await open.Should().ThrowAsync<AccountUnavailableException>()).Which.AccountName.Should().Be("crm");
        fixture.Get<VaultMetrics>().StaleTotal.Should().BeGreaterThan(5);
        fixture.Store.IsDown = false;
        (await open()).Account.Name.Should().Be("crm");
    }

    [Fact]
    public async Task OpenAsync_DuringAnOutage_TriesTheStoreOnceASecondAndNotOnceARequest()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        fixture.Store.IsDown = true;
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.Vault.OpenAsync("crm");
        var reads = fixture.Store.Reads;

        for (var i = 0; i < 100; i++)
        {
            await fixture.Vault.OpenAsync("crm");
        }

        fixture.Store.Reads.Should().Be(reads);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Vault.OpenAsync("crm");
        await VaultFixture.Eventually(() => fixture.Store.Reads == reads + 1);
    }

    [Fact]
    public async Task OpenAsync_OfAnAccountUnusedForTheIdleTime_ReadsItAnewAndDisposesWhatWasDerived()
    {
        await using var fixture = new VaultFixture(static options => options.CacheIdleTime = TimeSpan.FromMinutes(3));
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.EchoesAsync();
        var first = await fixture.Vault.OpenAsync("crm");
        var derived = first.GetOrAddState(static _ => new Derived());

        fixture.Time.Advance(TimeSpan.FromSeconds(200));

        fixture.Get<OpenedAccountCache>().Count.Should().Be(0);
        derived.IsDisposed.Should().BeFalse("a request under way may still use it");
        fixture.Time.Advance(TimeSpan.FromSeconds(61));
        derived.IsDisposed.Should().BeTrue();
        (await fixture.Vault.OpenAsync("crm")).Should().NotBeSameAs(first);
    }

    [Fact]
    public async Task OpenAsync_OfMoreAccountsThanTheCacheHolds_KeepsItBoundedAndTheUsedOnes()
    {
        await using var fixture = new VaultFixture(static options => options.CacheCapacity = 100);
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("used"));
        for (var i = 0; i < 2_000; i++)
        {
            await fixture.Vault.SaveAsync(VaultFixture.Bearer($"a{i}"));
            await fixture.Vault.OpenAsync("used");
            fixture.Get<OpenedAccountCache>().Count.Should().BeLessThanOrEqualTo(100);
        }

        var reads = fixture.Store.Reads;
        await fixture.Vault.OpenAsync("used");
        fixture.Store.Reads.Should().BeLessThanOrEqualTo(reads + 1);
    }

    [Fact]
    public async Task OpenAsync_OfManyUnknownNames_KeepsTheMemoryOfThemBounded()
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        for (var i = 0; i < 25_000; i++)
        {
            fixture.Get<UnknownNames>().Add(new AccountAddress("default", "test", $"a{i}"));
        }

        fixture.Get<UnknownNames>().Count.Should().BeLessThanOrEqualTo(10_000);
        fixture.Get<OpenedAccountCache>().Count.Should().Be(1, "guessed names evict no account");
    }

    [Fact]
    public async Task OpenAsync_OfACachedAccount_AllocatesNothing()
    {
        await using var fixture = new VaultFixture();
        await fixture.FeedAsync(isAlive: true);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await fixture.EchoesAsync();
        var vault = fixture.Vault;
        for (var i = 0; i < 100; i++)
        {
            await vault.OpenAsync("crm");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            await vault.OpenAsync("crm");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private sealed class Derived : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
