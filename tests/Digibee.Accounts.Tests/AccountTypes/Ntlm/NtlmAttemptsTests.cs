using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Who signs in, and who waits for it.</summary>
public sealed class NtlmAttemptsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly NtlmAttempts _attempts;
    private readonly List<TaskCompletionSource<AccountAuthenticationException?>> _tries = [];

    public NtlmAttemptsTests() => _attempts = new NtlmAttempts(_time);

    [Fact]
    public async Task RunAsync_OfManyWhileTheFirstIsRefused_TriesOnceAndRefusesAll()
    {
        var all = Enumerable.Range(0, 20).Select(_ => RunAsync()).ToArray();

        _tries.Should().ContainSingle();
        _tries[0].SetResult(new AccountAuthenticationException("intranet", "no"));

        var refusals = new List<Exception>();
        foreach (var one in all)
        {
            refusals.Add((await FluentActions.Awaiting(() => one).Should().ThrowExactlyAsync<AccountAuthenticationException>().WithMessage("no")).Which);
        }

        refusals.Should().OnlyHaveUniqueItems();
        _tries.Should().ContainSingle();
    }

    [Fact]
    public async Task RunAsync_SoonAfterARefusal_IsRefusedWithoutATryAndThenTriesAnew()
    {
        var first = RunAsync();
        _tries[0].SetResult(new AccountAuthenticationException("intranet", "no"));
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<AccountAuthenticationException>();

        _time.Advance(TimeSpan.FromSeconds(29.9));
        (await FluentActions.Awaiting(RunAsync).Should().ThrowExactlyAsync<AccountAuthenticationException>().WithMessage("no")).Which.AccountName.Should().Be("intranet");
        _tries.Should().ContainSingle();

        _time.Advance(TimeSpan.FromSeconds(0.1));
        var second = RunAsync();
        _tries[1].SetResult(null);
        await second;

        _attempts.IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task RunAsync_OfARefusalAfterRefusals_HoldsTwiceAsLongUntilAQuarterOfAnHourAndAnewOnceAccepted()
    {
        int[] seconds = [30, 60, 120, 240, 480, 900, 900];

        foreach (var hold in seconds)
        {
            await RefuseAsync();
            _time.Advance(TimeSpan.FromSeconds(hold - 0.1));
            await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<AccountAuthenticationException>();
            _time.Advance(TimeSpan.FromSeconds(0.1));
        }

        _tries.Should().HaveCount(seconds.Length);
        var accepted = RunAsync();
        _tries[^1].SetResult(null);
        await accepted;
        await RefuseAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        _attempts.DemandNotRefused();
    }

    [Fact]
    public async Task RunAsync_OfSeveralThatAreRefusedTogether_HoldsAsForOne()
    {
        var first = RunAsync();
        _tries[0].SetResult(null);
        await first;
        var all = Enumerable.Range(0, 5).Select(_ => RunAsync()).ToArray();

        foreach (var one in _tries.Skip(1))
        {
            one.SetResult(new AccountAuthenticationException("intranet", "no"));
        }

        foreach (var one in all)
        {
            await FluentActions.Awaiting(() => one).Should().ThrowAsync<AccountAuthenticationException>();
        }

        _time.Advance(TimeSpan.FromSeconds(30));
        _attempts.DemandNotRefused();
    }

    [Fact]
    public async Task DemandNotRefused_SoonAfterARefusal_EndsWhatBeganBefore()
    {
        var first = RunAsync();
        _attempts.DemandNotRefused();
        _tries[0].SetResult(new AccountAuthenticationException("intranet", "no"));
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<AccountAuthenticationException>();

        _attempts.Invoking(static attempts => attempts.DemandNotRefused()).Should().ThrowExactly<AccountAuthenticationException>().WithMessage("no");
        _time.Advance(TimeSpan.FromSeconds(30));
        _attempts.DemandNotRefused();
    }

    [Fact]
    public async Task RunAsync_AfterARefusalOfTheServerRatherThanTheUser_TriesAnewAtOnce()
    {
        var first = RunAsync();
        _tries[0].SetException(new AccountAuthenticationException("intranet", "no NTLM"));
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<AccountAuthenticationException>();

        var second = RunAsync();
        _tries[1].SetResult(null);
        await second;

        _attempts.IsAccepted.Should().BeTrue();
    }

    [Fact]
    public async Task RunAsync_AcceptedThoughItBeganBeforeARefusal_DoesNotLiftTheRefusal()
    {
        var first = RunAsync();
        _tries[0].SetResult(null);
        await first;
        var slow = RunAsync();
        var refused = RunAsync();

        _tries[2].SetResult(new AccountAuthenticationException("intranet", "no"));
        await FluentActions.Awaiting(() => refused).Should().ThrowAsync<AccountAuthenticationException>();
        _tries[1].SetResult(null);
        await slow;

        _attempts.IsAccepted.Should().BeFalse();
        await FluentActions.Awaiting(RunAsync).Should().ThrowAsync<AccountAuthenticationException>();
    }

    [Fact]
    public async Task RunAsync_OfManyOnceTheFirstIsAccepted_LetsAllTryAtOnce()
    {
        var first = RunAsync();
        _tries[0].SetResult(null);
        await first;

        var all = Enumerable.Range(0, 20).Select(_ => RunAsync()).ToArray();

        _tries.Should().HaveCount(21);
        _tries.ForEach(static one => one.TrySetResult(null));
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task RunAsync_OfThoseWhoWaitedForOneThatWasAccepted_SignsThemInToo()
    {
        var accepted = new NtlmAttempts(_time);
        var gate = new TaskCompletionSource();
        var tries = 0;
        var all = Enumerable.Range(0, 20).Select(_ => accepted.RunAsync(async _ =>
        {
            Interlocked.Increment(ref tries);
            await gate.Task;
            return null;
        }, CancellationToken.None).AsTask()).ToArray();

        tries.Should().Be(1);
        gate.SetResult();
        await Task.WhenAll(all);

        tries.Should().Be(20);
    }

    [Fact]
    public async Task RunAsync_AfterALaterRefusal_LetsOneTryAgain()
    {
        var first = RunAsync();
        _tries[0].SetResult(null);
        await first;
        var refused = RunAsync();
        _tries[1].SetResult(new AccountAuthenticationException("intranet", "no"));
        await FluentActions.Awaiting(() => refused).Should().ThrowAsync<AccountAuthenticationException>();

        _time.Advance(TimeSpan.FromSeconds(30));
        _ = RunAsync();
        _ = RunAsync();

        _tries.Should().HaveCount(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_OfManyWhileTheServerIsOut_FailsAllAlikeAndForgetsNothing(bool isTransient)
    {
        var first = RunAsync();
        var second = RunAsync();

        _tries[0].SetException(new AccountUnavailableException("intranet", "out", isTransient));

        (await FluentActions.Awaiting(() => first).Should().ThrowExactlyAsync<AccountUnavailableException>()).Which.IsTransient.Should().Be(isTransient);
        var failure = (await FluentActions.Awaiting(() => second).Should().ThrowExactlyAsync<AccountUnavailableException>().WithMessage("out")).Which;
        (failure.AccountName, failure.IsTransient).Should().Be(("intranet", isTransient));
    }

    [Fact]
    public async Task RunAsync_WhenTheFirstGivesUp_LetsTheNextTry()
    {
        var next = new TaskCompletionSource();
        var first = _attempts.RunAsync(static _ => throw new OperationCanceledException(), CancellationToken.None).AsTask();
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        var second = RunAsync();
        var third = _attempts.RunAsync(_ =>
        {
            next.SetResult();
            return ValueTask.FromResult<AccountAuthenticationException?>(null);
        }, CancellationToken.None).AsTask();

        _tries[0].SetException(new OperationCanceledException());

        await FluentActions.Awaiting(() => second).Should().ThrowAsync<OperationCanceledException>();
        await next.Task;
        await third;
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_IsCancelledAlone()
    {
        using var cancellation = new CancellationTokenSource();
        var first = RunAsync();
        var second = _attempts.RunAsync(static _ => ValueTask.FromResult<AccountAuthenticationException?>(null), cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => second).Should().ThrowAsync<OperationCanceledException>();
        _tries[0].SetResult(null);
        await first;
    }

    private async Task RefuseAsync()
    {
        var refused = RunAsync();
        _tries[^1].SetResult(new AccountAuthenticationException("intranet", "no"));
        await FluentActions.Awaiting(() => refused).Should().ThrowAsync<AccountAuthenticationException>();
    }

    // Whoever tries where a test wants none would wait for ever.
    private Task RunAsync() => _attempts.RunAsync(_ =>
    {
        var own = new TaskCompletionSource<AccountAuthenticationException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _tries.Add(own);
        return new ValueTask<AccountAuthenticationException?>(own.Task);
    }, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
}
