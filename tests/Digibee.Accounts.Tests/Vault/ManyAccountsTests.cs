namespace Digibee.Accounts;

/// <summary>A million distinct accounts through one vault: the memory it keeps is bounded by its options, not by what it has seen.</summary>
[Trait("Category", "Slow")]
public sealed class ManyAccountsTests
{
    [Fact]
    public async Task OpenAsync_OfAMillionAccounts_KeepsTheMemoryBounded()
    {
        await using var fixture = new VaultFixture(static options => options.CacheCapacity = 1_000);
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        var head = (await fixture.Rows.GetAsync(VaultFixture.KeyOf("crm")))!;
        var opened = await fixture.Vault.OpenAsync("crm");
        var cache = fixture.Get<OpenedAccountCache>();
        var marks = fixture.Get<HighWaterMarks>();
        var unknown = fixture.Get<UnknownNames>();
        for (var i = 0; i < 20_000; i++)
        {
            Add(i);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 20_000; i < 1_000_000; i++)
        {
            Add(i);
        }

        cache.Count.Should().BeLessThanOrEqualTo(1_000);
        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(16 * 1024 * 1024);

        void Add(int number)
        {
            var address = new AccountAddress("default", "test", $"a{number}");
            cache.Put(new OpenedAccount(address, head.Revision, opened.Account), epoch: 0, timestamp: number);
            marks.Raise(address, head.Revision);
            unknown.Add(address);
        }
    }
}
