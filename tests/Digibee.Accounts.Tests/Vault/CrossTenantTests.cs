namespace Digibee.Accounts;

/// <summary>A release gate: no tenant ever gets another's account, however the names are chosen.</summary>
public sealed class CrossTenantTests
{
    // Equal when joined with one of the characters that an address may hold.
    private static readonly string[] Colliding = ["a", "a-b", "a-b-c", "b-c", "c", "a.b", "b.c", "a_b", "b_c", "ab", "bc", "abc", "a--b", "0", "00"];

    [Fact]
    public async Task OpenAsync_OfNamesThatCollideWhenJoined_GivesEachTenantItsOwn()
    {
        await using var fixture = new VaultFixture();
        foreach (var realm in Colliding)
        {
            foreach (var environment in Colliding)
            {
                foreach (var name in Colliding)
                {
                    await fixture.Vault.For(realm, environment).SaveAsync(VaultFixture.Bearer(name, $"{realm}/{environment}/{name}"));
                }
            }
        }

        foreach (var realm in Colliding)
        {
            foreach (var environment in Colliding)
            {
                var vault = fixture.Vault.For(realm, environment);
                foreach (var name in Colliding)
                {
                    var opened = await vault.OpenAsync(name);
                    ((OAuthBearerAccount)opened.Account).Token.Reveal().Should().Be($"{realm}/{environment}/{name}");
                    opened.Address.Should().Be(new AccountAddress(realm, environment, name));
                }

                (await vault.ListAsync().CountAsync()).Should().Be(Colliding.Length);
            }
        }
    }

    [Theory]
    [InlineData("CRM")]
    [InlineData("crm ")]
    [InlineData("cr\u0308m")]
    [InlineData("ｃｒｍ")]
    [InlineData("../crm")]
    [InlineData("tenant/crm")]
    [InlineData("crm\0")]
    [InlineData("")]
    public async Task OpenAsync_OfANameThatOnlyLooksLikeOne_IsRefusedByItsGrammar(string name)
    {
        await using var fixture = new VaultFixture();
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));

        var open = async () => await fixture.Vault.OpenAsync(name);

        await open.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task OpenAsync_OfRandomAddresses_NeverMixesThem()
    {
        await using var fixture = new VaultFixture(static options => options.CacheCapacity = 50);
        var random = new Random(20_260_102);
        var expected = new Dictionary<AccountAddress, string>();
        for (var i = 0; i < 400; i++)
        {
            var address = new AccountAddress(Part(), Part(), Part());
            expected[address] = $"token-{i}";
            await fixture.Vault.For(address.Realm, address.Environment).SaveAsync(VaultFixture.Bearer(address.Name, expected[address]));
        }

        foreach (var (address, token) in expected.OrderBy(_ => random.Next()))
        {
            (await fixture.Vault.For(address.Realm, address.Environment).GetAsync<OAuthBearerAccount>(address.Name)).Token.Reveal().Should().Be(token);
        }

        string Part() => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(at => at == 0 ? "ab0"[random.Next(3)] : "ab.-_"[random.Next(5)]));
    }
}
