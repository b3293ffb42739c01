using System.Text;

namespace Digibee.Accounts;

/// <summary>Tokens that are kept: what is in the store, who may exchange it, and what becomes of it when something breaks in between.</summary>
public sealed class TokenAcquisitionTests : IAsyncDisposable
{
    private readonly VaultFixture _one = new();
    private readonly VaultFixture _other;
    private readonly TestProvider _provider = new();

    public TokenAcquisitionTests() => _other = new VaultFixture(store: _one.Rows, keyText: _one.KeyText);

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task RunAsync_OfARotatingGrant_SavesTheNewRefreshTokenBeforeTheAccessTokenIsHandedOut()
    {
        await LogInAsync("r0");
        var saved = "";
        _one.Store.AfterAppend = async () => saved = (await RowAsync(_one))?.Tokens?.RefreshToken?.Reveal() ?? saved;

        await GetAsync(_one);

        saved.Should().Be("r1");
    }

    [Fact]
    public async Task RunAsync_ThreeTimes_ExchangesEachRefreshTokenOnce()
    {
        await LogInAsync("r0");

        for (var i = 1; i <= 3; i++)
        {
            (await GetAsync(_one)).Should().Be($"a{i}");
            Advance(TimeSpan.FromHours(1));
        }

        _provider.Exchanged.Should().Equal("r0", "r1", "r2");
    }

    [Fact]
    public async Task RunAsync_OnTwoNodesAtOnce_ExchangesOneRefreshToken()
    {
        await LogInAsync("r0");
        var gate = new TaskCompletionSource();
        _provider.Gate = gate.Task;

        var first = GetAsync(_one);
        await VaultFixture.Eventually(() => _provider.Exchanged.Count == 1);
        var second = GetAsync(_other);
        gate.SetResult();
        (await first).Should().Be("a1");
        await AdvanceUntil(second);

        (await second).Should().Be("a1");
        _provider.Exchanged.Should().Equal("r0");
    }

    [Fact]
    public async Task RunAsync_AfterARestart_SendsTheStoredTokenWithoutACall()
    {
        await LogInAsync("r0");
        await GetAsync(_one);

        (await GetAsync(_other)).Should().Be("a1");

        _provider.Exchanged.Should().Equal("r0");
    }

    [Fact]
    public async Task RunAsync_WhenTheHolderOfTheLeaseIsGone_TakesOverAfterTheLeaseTime()
    {
        await LogInAsync("r0");
        var key = Grant(_one).Key;
        await _one.Get<TokenLeases>().AcquireAsync(key, static _ => Task.FromResult(false), CancellationToken.None);

        var waiting = GetAsync(_other);
        await AdvanceUntil(waiting);

        (await waiting).Should().Be("a1");
        (_other.Time.GetUtcNow() - _one.Time.GetUtcNow()).Should().BeGreaterThan(TimeSpan.FromSeconds(59)).And.BeLessThan(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task RunAsync_WhenTheWinnerDiedBeforeItSaved_SaysThatAPersonHasToLogInAndDoesNotLoop()
    {
        await LogInAsync("r0");
        _provider.Consume("r0");

        await _one.Invoking(GetAsync).Should().ThrowAsync<AccountAuthenticationException>();
        await _one.Invoking(GetAsync).Should().ThrowAsync<AccountAuthenticationException>();

        _provider.Exchanged.Should().Equal(["r0"], "what is refused once is not tried again for a while");
    }

    [Fact]
    public async Task RunAsync_OnInvalidGrantWhenASiblingHasSaved_UsesTheSiblings()
    {
        await LogInAsync("r0");
        _provider.Consume("r0");

        // Somebody whose lease was lost saves while we are refused.
        _provider.OnExchange = async () => await SaveAsync(_other, "sibling", "r9");

        (await GetAsync(_one)).Should().Be("sibling");
        _provider.Exchanged.Should().Equal("r0");
    }

    [Fact]
    public async Task RunAsync_OnInvalidGrantWhenAStaleRowHasAnotherRefreshToken_TriesItOnce()
    {
        await LogInAsync("r0");
        _provider.Consume("r0");
        _provider.OnExchange = async () =>
        {
            _provider.OnExchange = static () => Task.CompletedTask;
            await SaveAsync(_other, "old", "r1", lifetime: TimeSpan.Zero);
        };

        (await GetAsync(_one)).Should().Be("a2");

        _provider.Exchanged.Should().Equal("r0", "r1");
    }

    [Fact]
    public async Task RunAsync_WhenTheStoreFailsAtTheSave_HandsNothingOutAndSavesBeforeItExchangesAgain()
    {
        await LogInAsync("r0");
        _provider.OnExchange = () =>
        {
            _one.Store.IsDown = true;
            return Task.CompletedTask;
        };

        await _one.Invoking(GetAsync).Should().ThrowAsync<AccountUnavailableException>();
        _one.Store.IsDown = false;
        Advance(TimeSpan.FromSeconds(2));

        (await GetAsync(_one)).Should().Be("a1");
        _provider.Exchanged.Should().Equal("r0");
        (await RowAsync(_other))!.Tokens!.RefreshToken!.Reveal().Should().Be("r1");
    }

    [Fact]
    public async Task RunAsync_WhenAPersonLogsInMeanwhile_KeepsTheirTokens()
    {
        await LogInAsync("r0");
        _provider.OnExchange = async () => await SaveAsync(_other, "new-login", "n0", login: "second");

        (await GetAsync(_one)).Should().Be("new-login");

        (await RowAsync(_one))!.Tokens!.RefreshToken!.Reveal().Should().Be("n0");
    }

    [Fact]
    public async Task RunAsync_OfARecreatableGrantWithoutTheStore_StillGetsAToken()
    {
        var source = new TestGrantSource(_one.Time);
        _one.Store.IsDown = true;

        var token = await GetAsync(_one, source.Grant());

        token.Should().Be("token-1");
    }

    [Fact]
    public async Task RunAsync_OfARowThatDoesNotOpen_LeavesItAsItIs()
    {
        await LogInAsync("r0");
        await using var stranger = new VaultFixture(store: _one.Rows);
        var before = await _one.Rows.GetAsync(TokenRows.RowKeyOf(Grant(_one).Key));

        (await stranger.Invoking(GetAsync).Should().ThrowAsync<AccountSealException>()).Which.Message.Should().Contain("'a'").And.Contain("left as they are");

        (await _one.Rows.GetAsync(TokenRows.RowKeyOf(Grant(_one).Key)))!.Payload.ToArray().Should().Equal(before!.Payload.ToArray());
    }

    [Fact]
    public async Task RunAsync_OfTokensOfAnotherSecret_AsksAnew()
    {
        var before = new TestGrantSource(_one.Time, "secret-1");
        var after = new TestGrantSource(_one.Time, "secret-2");
        await GetAsync(_one, before.Grant());

        await GetAsync(_other, after.Grant());

        after.Requests.Should().Be(1);
    }

    [Fact]
    public async Task Row_OfTokens_HoldsNothingInClear()
    {
        await LogInAsync("s3cr3t-refresh-token", "s3cr3t-access-token");

        var row = (await _one.Rows.GetAsync(TokenRows.RowKeyOf(Grant(_one).Key)))!;

        var everything = $"{row.Key} {row.Type} {Encoding.Latin1.GetString(row.Metadata.Span)} {Encoding.Latin1.GetString(row.Payload.Span)}";
        everything.Should().NotContain("s3cr3t");
    }

    [Fact]
    public async Task Row_OfAnAccount_DoesNotOpenAsTokensNorUnderAnotherName()
    {
        await LogInAsync("r0");
        var key = Grant(_one).Key;
        var row = (await _one.Rows.GetAsync(TokenRows.RowKeyOf(key)))!;
        var moved = key with { Address = new AccountAddress("default", "test", "b") };
        await _one.Rows.TryAppendAsync(row with { Key = TokenRows.RowKeyOf(moved) }, null, 1);

        var opening = () => _one.Get<TokenRows>().ReadAsync(moved, CancellationToken.None);

        (await opening.Should().ThrowAsync<AccountSealException>()).Which.Reason.Should().Be(AccountSealFailure.ContextMismatch);
    }

    [Fact]
    public async Task DeleteAsync_OfTheAccount_RemovesItsTokens()
    {
        await _one.Vault.SaveAsync(VaultFixture.Bearer("a"));
        await _one.Vault.SaveAsync(VaultFixture.Bearer("ab"));
        await LogInAsync("r0");
        await GetAsync(_one);

        await _one.Vault.DeleteAsync("a");

        (await _one.Rows.ListAsync(new RecordQuery { Kind = "token", IncludeDeleted = true })).Records.Should().BeEmpty();
        (await _one.Rows.ListAsync(new RecordQuery { Kind = "lease", IncludeDeleted = true })).Records.Should().BeEmpty();
        await _one.Invoking(GetAsync).Should().ThrowAsync<AccountAuthenticationException>("the tokens in memory went with the account");
    }

    [Fact]
    public async Task DeleteAsync_DuringAnExchange_KeepsItsTokensOut()
    {
        await _one.Vault.SaveAsync(VaultFixture.Bearer("a"));
        await LogInAsync("r0");
        _provider.OnExchange = async () => await _other.Vault.DeleteAsync("a");

        await _one.Invoking(GetAsync).Should().ThrowAsync<AccountAuthenticationException>();

        (await _one.Rows.ListAsync(new RecordQuery { Kind = "token", IncludeDeleted = true })).Records.Should().BeEmpty();
    }

    private TestRotatingGrant Grant(VaultFixture node) => new(_provider, node.Time);

    private Task<string?> GetAsync(VaultFixture node) => GetAsync(node, Grant(node));

    private static async Task<string?> GetAsync(VaultFixture node, TokenGrant grant)
    {
        var engine = node.Get<TokenEngine>();
        return (await engine.GetAsync(engine.SlotOf(grant.Key), grant, CancellationToken.None)).Header.Parameter;
    }

    private Task LogInAsync(string refreshToken, string accessToken = "expired") => SaveAsync(_one, accessToken, refreshToken, TimeSpan.Zero);

    private async Task SaveAsync(VaultFixture node, string accessToken, string refreshToken, TimeSpan? lifetime = null, string login = "first")
    {
        var tokens = _provider.Tokens(node.Time.GetUtcNow(), accessToken, refreshToken, login, lifetime ?? TimeSpan.FromHours(1));
        (await node.Get<TokenRows>().TrySaveAsync(Grant(node).Key, tokens, await RowAsync(node), CancellationToken.None)).Should().NotBeNull();
    }

    private Task<TokenRow?> RowAsync(VaultFixture node) => node.Get<TokenRows>().ReadAsync(Grant(node).Key, CancellationToken.None);

    private void Advance(TimeSpan time)
    {
        _one.Time.Advance(time);
        _other.Time.Advance(time);
    }

    // A waiter looks again after each pause of its own clock.
    private async Task AdvanceUntil(Task waiting)
    {
        for (var i = 0; i < 2_000 && !waiting.IsCompleted; i++)
        {
            _other.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(1); // Lets the waiter run between two moves of its clock.
        }
    }
}
