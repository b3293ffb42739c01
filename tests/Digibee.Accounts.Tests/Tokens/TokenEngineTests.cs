namespace Digibee.Accounts;

public sealed class TokenEngineTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly VaultFixture _fixture = new();
    private readonly TestGrantSource _source;
    private TokenEngine _engine = null!;
    private TokenSlot _slot = null!;

    public TokenEngineTests() => _source = new TestGrantSource(_fixture.Time);

    public ValueTask InitializeAsync()
    {
        _engine = _fixture.Get<TokenEngine>();
        _slot = _engine.SlotOf(_source.Grant().Key);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task GetAsync_ByTwoHundredWithoutAToken_AsksOnce()
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;

        var waiting = Enumerable.Range(0, 200).Select(_ => GetAsync()).ToArray();
        await VaultFixture.Eventually(() => _source.Requests == 1);
        gate.SetResult();

        (await Task.WhenAll(waiting)).Should().AllBe("token-1");
        _source.Requests.Should().Be(1);
    }

    [Fact]
    public async Task GetAsync_WhenTheFirstCallerGivesUp_StillServesTheOthers()
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        using var first = new CancellationTokenSource();
        var impatient = GetAsync(cancellationToken: first.Token);
        var patient = GetAsync();
        await VaultFixture.Eventually(() => _source.Requests == 1);

        await first.CancelAsync();
        await impatient.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();

        (await patient).Should().Be("token-1");
        _source.Requests.Should().Be(1);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(53 * 60 + 59, true)] // five minutes and a fifth before the end
    [InlineData(56 * 60 + 1, false)] // four fifths of five minutes before the end
    public async Task Find_AtTheEdgesOfTheFirstZone_GivesTheTokenWhileItIsFresh(int seconds, bool isFresh)
    {
        await GetAsync();

        _fixture.Time.Advance(TimeSpan.FromSeconds(seconds));

        (_engine.Find(_slot) is not null).Should().Be(isFresh);
    }

    [Fact]
    public async Task GetAsync_InTheSecondZone_ServesTheTokenAndRenewsItOnceInTheBackground()
    {
        await GetAsync();
        _fixture.Time.Advance(Hour - TimeSpan.FromSeconds(31));
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;

        (await GetAsync()).Should().Be("token-1");
        (await GetAsync()).Should().Be("token-1");
        gate.SetResult();

        await VaultFixture.Eventually(() => _engine.Find(_slot) is not null);
        _engine.Find(_slot)!.Header.Parameter.Should().Be("token-2");
        _source.Requests.Should().Be(2);
    }

    [Fact]
    public async Task GetAsync_UnderTheHardFloor_WaitsForTheNextToken()
    {
        await GetAsync();

        _fixture.Time.Advance(Hour - TimeSpan.FromSeconds(30));

        (await GetAsync()).Should().Be("token-2");
    }

    [Fact]
    public async Task GetAsync_WhenTheRenewalFailsUnderTheFloor_ServesTheTokenWhileItLives()
    {
        await GetAsync();
        _source.Exchange = static _ => new TokenError(TokenErrorKind.Transient, "down");

        _fixture.Time.Advance(Hour - TimeSpan.FromSeconds(1));
        (await GetAsync()).Should().Be("token-1");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await FluentActions.Invoking(() => GetAsync()).Should().ThrowAsync<AccountUnavailableException>();
    }

    [Fact]
    public async Task GetAsync_AfterADefinitiveError_AsksAgainOnlyAfterThePauseWhichGrows()
    {
        _source.Exchange = static _ => new TokenError(TokenErrorKind.Definitive, "no");
        await Refused();
        await Refused();
        _source.Requests.Should().Be(1);

        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        await Refused();
        _fixture.Time.Advance(TimeSpan.FromSeconds(59));
        await Refused();
        _source.Requests.Should().Be(2);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await Refused();

        _source.Requests.Should().Be(3);

        Task Refused() => FluentActions.Invoking(() => GetAsync()).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task GetAsync_AfterADefinitiveErrorWithANewRevision_AsksAtOnce()
    {
        _source.Exchange = static _ => new TokenError(TokenErrorKind.Definitive, "no");
        await FluentActions.Invoking(() => GetAsync(stamp: 1)).Should().ThrowAsync<AccountAuthenticationException>();
        _source.Exchange = null!;

        (await GetAsync(stamp: 2)).Should().Be("token-2");
    }

    [Fact]
    public async Task GetAsync_WhileAnEarlierRevisionIsFailing_IsNotToldItsFailure()
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        _source.Exchange = _ => _source.Requests == 1 ? new TokenError(TokenErrorKind.Definitive, "no") : _source.Tokens("good");
        var earlier = GetAsync(stamp: 1);
        await VaultFixture.Eventually(() => _source.Requests == 1);
        var later = GetAsync(stamp: 2);

        gate.SetResult();

        (await later).Should().Be("good");
        await earlier.Invoking(static task => task).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task GetAsync_AfterRetryAfter_WaitsAsLongAsItWasAsked()
    {
        _source.Exchange = static _ => new TokenError(TokenErrorKind.Transient, "busy", TimeSpan.FromMinutes(2));
        await Unavailable();
        _fixture.Time.Advance(TimeSpan.FromSeconds(119));
        await Unavailable();
        _source.Requests.Should().Be(1);

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await Unavailable();

        _source.Requests.Should().Be(2);

        Task Unavailable() => FluentActions.Invoking(() => GetAsync()).Should().ThrowAsync<AccountUnavailableException>();
    }

    [Fact]
    public async Task GetAsync_OfATokenThatIsDeadAtBirth_GivesItToThoseWhoWaitAndAsksAnewForTheNext()
    {
        _source.Lifetime = TimeSpan.Zero;

        (await GetAsync()).Should().Be("token-1");
        (await GetAsync()).Should().Be("token-2");
    }

    [Fact]
    public async Task Reject_OfTheCurrentToken_HasTheNextOneMadeOnce()
    {
        await GetAsync();

        _engine.Reject(_slot, _slot.Current!).Should().BeTrue();

        (await GetAsync()).Should().Be("token-2");
        (await GetAsync()).Should().Be("token-2");
    }

    [Fact]
    public async Task Reject_OfATokenThatWasRenewedMeanwhile_KeepsTheNewOne()
    {
        await GetAsync();
        var first = _slot.Current!;
        _engine.Reject(_slot, first);
        await GetAsync();

        _engine.Reject(_slot, first).Should().BeTrue("another is there already");

        (await GetAsync()).Should().Be("token-2");
    }

    [Fact]
    public async Task Reject_OfATokenThatNoServerEverTook_IsNotRepeatedForEver()
    {
        await GetAsync();
        _engine.Reject(_slot, _slot.Current!).Should().BeTrue();
        await GetAsync();

        _engine.Reject(_slot, _slot.Current!).Should().BeFalse();

        (await GetAsync()).Should().Be("token-2");
    }

    [Fact]
    public async Task Reject_AfterAServerTookTheToken_IsHeardAgain()
    {
        for (var i = 1; i <= 3; i++)
        {
            (await GetAsync()).Should().Be($"token-{i}");
            _slot.Current!.WasAccepted = true;
            _engine.Reject(_slot, _slot.Current!).Should().BeTrue();
        }

        (await GetAsync()).Should().Be("token-4");
    }

    [Theory]
    [InlineData(false, 1, true)]
    [InlineData(false, long.MaxValue, false)]
    [InlineData(true, long.MaxValue, true)]
    public async Task GetAsync_WhenTheRowIsHeardToChangeMeanwhile_ServesThoseWhoWaitedAndLooksAgainForTheNext(bool isRecreatable, long revision, bool isKept)
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        _source.IsRecreatable = isRecreatable;
        var waiting = GetAsync();
        await VaultFixture.Eventually(() => _source.Requests == 1);

        _slot.Heard(revision);
        gate.SetResult();
        (await waiting).Should().Be("token-1");
        var first = _slot.Current;
        (await GetAsync()).Should().Be("token-1", "it is in the store");

        (_slot.Current == first).Should().Be(isKept);
        _source.Requests.Should().Be(1);
    }

    [Fact]
    public async Task GetAsync_OfAScope_StoresNothing()
    {
        var grant = _source.Grant(scopeId: 7);

        await _engine.GetAsync(_engine.SlotOf(grant.Key), grant, CancellationToken.None);

        (await _fixture.Rows.ListAsync(new RecordQuery { Kind = "token" })).Records.Should().BeEmpty();
    }

    [Fact]
    public async Task GetAsync_OfMoreGrantsThanFit_KeepsTheirNumberBounded()
    {
        await using var fixture = new VaultFixture(static options => options.CacheCapacity = 100);
        var source = new TestGrantSource(fixture.Time);
        var engine = fixture.Get<TokenEngine>();

        for (var i = 0; i < 1_000; i++)
        {
            var grant = source.Grant(name: $"a{i}");
            await engine.GetAsync(engine.SlotOf(grant.Key), grant, CancellationToken.None);
        }

        fixture.Get<TokenSlots>().Count.Should().BeInRange(1, 100);
    }

    private async Task<string?> GetAsync(long stamp = 1, CancellationToken cancellationToken = default) =>
        (await _engine.GetAsync(_slot, _source.Grant(stamp), cancellationToken)).Header.Parameter;
}
