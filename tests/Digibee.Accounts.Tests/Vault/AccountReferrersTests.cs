namespace Digibee.Accounts;

/// <summary>An account that another one refers to is not deleted by mistake.</summary>
public sealed class AccountReferrersTests : IAsyncDisposable
{
    private static readonly AccountDeleteOptions Anyway = new() { EvenIfInUse = true };

    private readonly VaultFixture _fixture = new();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task DeleteAsync_OfAnAccountThatAnotherRefersTo_IsRefusedAndSaysByWhich()
    {
        await SaveAsync(Referring("a"), Key, Certificate);

        (await Deleting("signer").Should().ThrowAsync<AccountInUseException>()).Which.Should().Match<AccountInUseException>(
            static error => error.AccountName == "signer" && error.Message.Contains("'a'") && error.Message.Contains("EvenIfInUse"));
        await Deleting("certificate").Should().ThrowAsync<AccountInUseException>();

        (await _fixture.Vault.ExistsAsync("signer")).Should().BeTrue();
        (await _fixture.Vault.DeleteAsync("a")).Should().BeTrue("nothing refers to it");
    }

    [Fact]
    public async Task DeleteAsync_EvenIfInUse_Deletes()
    {
        await SaveAsync(Referring("a"), Key);

        (await _fixture.Vault.DeleteAsync("signer", Anyway)).Should().BeTrue();

        (await _fixture.Vault.ExistsAsync("signer")).Should().BeFalse();
    }

    [Fact]
    public async Task DeleteAsync_AfterTheReferringAccountWasChanged_Deletes()
    {
        await SaveAsync(Key, Referring("a"), Referring("a") with { KeyAccount = null, ClientAuthentication = OAuth2ClientAuthentication.None });

        (await _fixture.Vault.DeleteAsync("signer")).Should().BeTrue();
    }

    [Fact]
    public async Task DeleteAsync_AfterTheReferringAccountWasDeleted_Deletes()
    {
        await SaveAsync(Key, Referring("a"));
        await _fixture.Vault.DeleteAsync("a");

        (await _fixture.Vault.DeleteAsync("signer")).Should().BeTrue();
    }

    [Fact]
    public async Task DeleteAsync_AfterARollbackToARevisionThatRefersToIt_IsRefused()
    {
        await SaveAsync(Key);
        var referring = await _fixture.Vault.SaveAsync(Referring("a"));
        await SaveAsync(Referring("a") with { KeyAccount = null, ClientAuthentication = OAuth2ClientAuthentication.None });

        await _fixture.Vault.RollbackAsync("a", referring.Revision);

        await Deleting("signer").Should().ThrowAsync<AccountInUseException>();
    }

    [Fact]
    public async Task DeleteAsync_OfNamesThatBeginTheSame_TellsThemApart()
    {
        await SaveAsync(Key with { Name = "signer-2" }, Key, Referring("a") with { KeyAccount = "signer-2" });

        (await _fixture.Vault.DeleteAsync("signer")).Should().BeTrue();
        await Deleting("signer-2").Should().ThrowAsync<AccountInUseException>();
    }

    [Fact]
    public async Task DeleteAsync_InAnotherEnvironment_IsNoUseHere()
    {
        var other = _fixture.Vault.For("default", "other");
        await other.SaveAsync(Key);
        await SaveAsync(Key, Referring("a"));

        (await other.DeleteAsync("signer")).Should().BeTrue();
    }

    [Fact]
    public async Task DeleteAsync_OfWhatIsNotThere_GivesFalseWhoeverRefersToIt()
    {
        await SaveAsync(Referring("a"));

        (await _fixture.Vault.DeleteAsync("signer")).Should().BeFalse();
    }

    [Fact]
    public async Task DeleteAsync_WhenTheReferringAccountDoesNotOpen_IsRefused()
    {
        await SaveAsync(Key, Referring("a"));
        await using var stranger = new VaultFixture(store: _fixture.Rows);

        await stranger.Vault.Invoking(static vault => vault.DeleteAsync("signer").AsTask()).Should().ThrowAsync<AccountInUseException>("nobody can tell");
    }

    [Fact]
    public async Task DeleteAsync_OfRowsThatAreNotTrueAnyMore_RemovesThemOnceTheyAreOld()
    {
        await SaveAsync(Key, Referring("a"));
        await _fixture.Vault.DeleteAsync("a");

        await _fixture.Vault.DeleteAsync("signer");
        (await RowsAsync()).Should().ContainSingle("its account may be about to be saved");
        _fixture.Time.Advance(TimeSpan.FromMinutes(61));
        await SaveAsync(Key);
        await _fixture.Vault.DeleteAsync("signer");

        (await RowsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task SaveAsync_WhenTheStoreFailsAfterTheRow_LeavesNothingThatStandsInTheWay()
    {
        await SaveAsync(Key);
        var appends = 0;
        _fixture.Store.AfterAppend = () => ++appends == 1 ? throw new IOException("c4n4ry") : Task.CompletedTask;

        await _fixture.Vault.Invoking(static vault => vault.SaveAsync(Referring("a")).AsTask()).Should().ThrowAsync<AccountUnavailableException>();

        (await RowsAsync()).Should().ContainSingle();
        (await _fixture.Vault.ExistsAsync("a")).Should().BeFalse();
        (await _fixture.Vault.DeleteAsync("signer")).Should().BeTrue();
    }

    private static PrivateKeyAccount Key { get; } = (PrivateKeyAccount)AccountSamples.Minimal("private-key") with { Name = "signer" };

    private static CertificateChainAccount Certificate { get; } = (CertificateChainAccount)AccountSamples.Minimal("certificate-chain") with { Name = "certificate" };

    private static OAuth2Account Referring(string name) => new()
    {
        Name = name,
        Provider = "google",
        ClientAuthentication = OAuth2ClientAuthentication.PrivateKeyJwt,
        KeyAccount = "signer",
        CertificateAccount = "certificate",
    };

    private Func<Task> Deleting(string name) => () => _fixture.Vault.DeleteAsync(name).AsTask();

    private async Task SaveAsync(params Account[] accounts)
    {
        foreach (var account in accounts)
        {
            await _fixture.Vault.SaveAsync(account);
        }
    }

    private async Task<IEnumerable<string>> RowsAsync() =>
        (await _fixture.Rows.ListAsync(new RecordQuery { Kind = "reference", NamePrefix = "signer#" })).Records.Select(static row => row.Key.Name);
}
