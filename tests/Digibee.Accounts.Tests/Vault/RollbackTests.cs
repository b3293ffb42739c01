namespace Digibee.Accounts;

/// <summary>What someone who can write to the database can do with rows: nothing that is not noticed.</summary>
public sealed class RollbackTests
{
    [Fact]
    public async Task OpenAsync_OfAnOlderRowPutBack_IsRefusedUntilRefreshed()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        var first = await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "old"));
        var backup = await fixture.Rows.GetAsync(VaultFixture.KeyOf("crm"));
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));
        fixture.Store.Tamper = _ => backup;
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        var open = async () => await fixture.Vault.OpenAsync("crm");

        (await open.Should().ThrowAsync<AccountSealException>()).Which.Reason.Should().Be(AccountSealFailure.Rollback);
        await fixture.Vault.RefreshAsync("crm");

        (await open()).Revision.Should().Be(first.Revision);
    }

    [Fact]
    public async Task OpenAsync_OfARowPutBackAfterADelete_IsRefused()
    {
        await using var fixture = new VaultFixture();
        fixture.Store.HasDeadFeed = true;
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        var backup = await fixture.Rows.GetAsync(VaultFixture.KeyOf("crm"));
        await fixture.Vault.DeleteAsync("crm");
        fixture.Store.Tamper = _ => backup;

        var open = async () => await fixture.Vault.OpenAsync("crm");

        (await open.Should().ThrowAsync<AccountSealException>()).Which.Reason.Should().Be(AccountSealFailure.Rollback);
    }

    [Theory]
    [InlineData("name", AccountSealFailure.ContextMismatch)]
    [InlineData("realm", AccountSealFailure.ContextMismatch)]
    [InlineData("type", AccountSealFailure.ContextMismatch)]
    [InlineData("revision", AccountSealFailure.ContextMismatch)]
    [InlineData("metadata", AccountSealFailure.ContextMismatch)]
    [InlineData("expiry", AccountSealFailure.ContextMismatch)]
    [InlineData("payload", AccountSealFailure.Corrupt)]
    [InlineData("type-garbage", AccountSealFailure.Malformed)]
    [InlineData("metadata-huge", AccountSealFailure.Malformed)]
    [InlineData("revision-zero", AccountSealFailure.Malformed)]
    [InlineData("payload-empty", AccountSealFailure.Malformed)]
    public async Task OpenAsync_OfAChangedRow_IsRefusedAndTheRowLeftAsItIs(string change, AccountSealFailure reason)
    {
        var rows = new InMemoryAccountStore();
        await using var writer = new VaultFixture(store: rows);
        await writer.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await writer.Vault.SaveAsync(VaultFixture.Bearer("other"));
        await writer.Vault.For("tenant", "test").SaveAsync(VaultFixture.Bearer("crm"));
        var other = await rows.GetAsync(VaultFixture.KeyOf("other"));
        var tenants = await rows.GetAsync(VaultFixture.KeyOf("crm", "tenant/test"));
        var stored = await rows.GetAsync(VaultFixture.KeyOf("crm"));
        await using var fixture = new VaultFixture(store: rows, keyText: writer.KeyText);
        fixture.Store.Tamper = head => change switch
        {
            "name" => other,
            "realm" => tenants,
            "type" => head! with { Type = "basic" },
            "revision" => head! with { Revision = head.Revision + 1 },
            "metadata" => head! with { Metadata = """{"v":1,"origins":["https://evil.example"]}"""u8.ToArray() },
            "expiry" => head! with { ExpiresAt = DateTimeOffset.UnixEpoch },
            "payload" => head! with { Payload = Flip(head.Payload.ToArray()) },
            "type-garbage" => head! with { Type = "bäsic" },
            "metadata-huge" => head! with { Metadata = new byte[16_385] },
            "revision-zero" => head! with { Revision = 0 },
            _ => head! with { Payload = default },
        };

        var open = async () => await fixture.Vault.OpenAsync("crm");

        var thrown = (await open.Should().ThrowAsync<AccountSealException>()).Which;
        thrown.Reason.Should().Be(reason);
        thrown.AccountName.Should().Be("crm");
        var after = await rows.GetAsync(VaultFixture.KeyOf("crm"));
        after!.ETag.Should().Be(stored!.ETag);
        after.Payload.ToArray().Should().Equal(stored.Payload.ToArray());
    }

    [Fact]
    public async Task OpenAsync_WithAnotherKeyRing_SaysThatTheKeyIsUnknownAndReplacingStillWorks()
    {
        var rows = new InMemoryAccountStore();
        await using var writer = new VaultFixture(store: rows);
        await writer.Vault.SaveAsync(VaultFixture.Bearer("crm"));
        await using var fixture = new VaultFixture(store: rows);

        var open = async () => await fixture.Vault.OpenAsync("crm");

        (await open.Should().ThrowAsync<AccountSealException>()).Which.Reason.Should().Be(AccountSealFailure.UnknownKey);
        await fixture.Vault.SaveAsync(VaultFixture.Bearer("crm", "new"));
        (await fixture.Vault.GetAsync<OAuthBearerAccount>("crm")).Token.Reveal().Should().Be("new");
    }

    private static byte[] Flip(byte[] payload)
    {
        payload[^1] ^= 1;
        return payload;
    }
}
