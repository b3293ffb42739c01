using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class KerberosTicketCacheTests : IDisposable
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly FakeTimeProvider _time = new(KerberosTestMessages.Now);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly KerberosClock _clock;
    private readonly KerberosTicketCache _cache;

    public KerberosTicketCacheTests()
    {
        _clock = new KerberosClock(_time);
        _cache = new KerberosTicketCache(2, _clock, new KerberosMetrics(_services.GetRequiredService<IMeterFactory>()));
    }

    public void Dispose()
    {
        _cache.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task JoinAsync_OfManyAtOnce_AsksOnceOutsideOfAnyCallersContext()
    {
        var asked = 0;
        var release = new TaskCompletionSource();
        Ambient.Value = "the caller's";
        string? seen = "nothing yet";

        var waiting = Enumerable.Range(0, 10).Select(_ => _cache.JoinAsync("a", async () =>
        {
            Interlocked.Increment(ref asked);
            seen = Ambient.Value;
            await release.Task;
            return Ticket();
        }, default)).ToArray();
        release.SetResult();
        var tickets = await Task.WhenAll(waiting);

        asked.Should().Be(1);
        seen.Should().BeNull();
        tickets.Distinct().Should().ContainSingle();
        _cache.Find("a", out _).Should().BeSameAs(tickets[0]);
    }

    [Fact]
    public async Task Find_OfATicketThatIsDue_GivesItAndSaysSo()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(54));
        _cache.Find("a", out var isDue).Should().BeSameAs(ticket);
        isDue.Should().BeFalse();

        _time.Advance(TimeSpan.FromMinutes(1));

        _cache.Find("a", out isDue).Should().BeSameAs(ticket);
        isDue.Should().BeTrue();
    }

    [Fact]
    public async Task Find_OfATicketThatHasEnded_GivesNone()
    {
        await JoinAsync("a", TimeSpan.FromHours(1));

        _time.Advance(TimeSpan.FromHours(1));

        _cache.Find("a", out _).Should().BeNull();
    }

    [Fact]
    public async Task Renew_OfATicket_ReplacesItWhileTheOldOneStillWorks()
    {
        var old = await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(56));
        var renewed = Ticket();
        var release = new TaskCompletionSource<KerberosTicket>();
        _cache.Renew("a", () => release.Task);
        _cache.Find("a", out var isDue).Should().BeSameAs(old);
        isDue.Should().BeFalse("somebody asks already");
        var done = _cache.JoinAsync("a", static () => throw new InvalidOperationException("The flight under way is joined."), default);

        release.SetResult(renewed);
        await done;

        _cache.Find("a", out _).Should().BeSameAs(renewed);
        KerberosKeyBytes.AreWiped(old.SessionKey).Should().BeFalse("the test found it twice and joined it, and so owns it thrice");
        Release(old, times: 3);
        KerberosKeyBytes.AreWiped(old.SessionKey).Should().BeTrue("nobody uses it any more");
    }

    [Fact]
    public async Task Renew_ThatFails_IsNotTriedAgainAtOnce()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(56));
        var release = new TaskCompletionSource<KerberosTicket>();
        _cache.Renew("a", () => release.Task);
        var failing = _cache.JoinAsync("a", static () => throw new InvalidOperationException("The flight under way is joined."), default);
        release.SetException(new AccountUnavailableException("a", "Down."));
        await failing.Invoking(static failing => failing).Should().ThrowAsync<AccountUnavailableException>();

        _cache.Find("a", out var isDue).Should().BeSameAs(ticket);
        isDue.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        _cache.Find("a", out isDue);
        isDue.Should().BeTrue();
    }

    [Fact]
    public async Task JoinAsync_AfterARefusal_RepeatsItForHalfAMinuteWithoutAsking()
    {
        await RefusedAsync(static () => throw new AccountAuthenticationException("a", "No."));

        await RefusedAsync(static () => throw new InvalidOperationException("It is not asked."));
        _time.Advance(TimeSpan.FromSeconds(30));
        (await JoinAsync("a", TimeSpan.FromHours(1))).Should().NotBeNull();

        async Task RefusedAsync(Func<Task<KerberosTicket>> acquire) =>
            (await _cache.Awaiting(cache => cache.JoinAsync("a", acquire, default)).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Be("No.");
    }

    // Half a minute is half a minute, and not the hour by which the clock was wrong.
    [Fact]
    public async Task JoinAsync_AfterARefusalAndWithTheClockPutBack_AsksAgainInTime()
    {
        _clock.Observe(KerberosTestMessages.Now.AddHours(1));
        await _cache.Awaiting(static cache => cache.JoinAsync("a", static () => throw new AccountAuthenticationException("a", "No."), default)).Should().ThrowAsync<AccountAuthenticationException>();
        _clock.Observe(KerberosTestMessages.Now);

        _time.Advance(TimeSpan.FromSeconds(30));
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));
        _clock.Observe(KerberosTestMessages.Now.AddHours(-1));
        _time.Advance(TimeSpan.FromMinutes(1));

        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeTrue();
    }

    [Fact]
    public async Task JoinAsync_AfterAnOutage_AsksAgain()
    {
        await _cache.Awaiting(static cache => cache.JoinAsync("a", static () => throw new AccountUnavailableException("a", "Down."), default)).Should().ThrowAsync<AccountUnavailableException>();

        (await JoinAsync("a", TimeSpan.FromHours(1))).Should().NotBeNull();
    }

    [Fact]
    public async Task JoinAsync_BeyondTheCapacity_EvictsWhatWasNotUsedForTheLongest()
    {
        await JoinAsync("a", TimeSpan.FromHours(1));
        await JoinAsync("b", TimeSpan.FromHours(1));
        _cache.Find("a", out _);

        await JoinAsync("c", TimeSpan.FromHours(1));

        _cache.Find("a", out _).Should().NotBeNull();
        _cache.Find("b", out _).Should().BeNull();
        _cache.Find("c", out _).Should().NotBeNull();
    }

    [Fact]
    public async Task JoinAsync_OfATicketThatCameMeanwhile_TakesIt()
    {
        _cache.Find("a", out _).Should().BeNull();
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));

        (await _cache.JoinAsync("a", static () => throw new InvalidOperationException("It is not asked."), default)).Should().BeSameAs(ticket);
    }

    [Fact]
    public async Task Renew_OfATicketThatWasRenewedMeanwhile_AsksNobody()
    {
        await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(56));
        _cache.Find("a", out var isDue);
        isDue.Should().BeTrue();
        var renewed = await JoinAsync("a", TimeSpan.FromHours(1));

        var asked = 0;
        _cache.Renew("a", () => Task.FromException<KerberosTicket>(new InvalidOperationException($"It is asked {++asked} times.")));

        (await JoinAsync("a", TimeSpan.FromHours(1))).Should().BeSameAs(renewed, "no request is under way");
        asked.Should().Be(0);
    }

    [Fact]
    public async Task Evicted_ATicketInUse_IsWipedWithItsLastUse()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));
        await JoinAsync("b", TimeSpan.FromHours(1));
        await JoinAsync("c", TimeSpan.FromHours(1));

        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeFalse("a request may take any time");
        Release(ticket);
        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeTrue();
    }

    [Fact]
    public async Task JoinAsync_WhoseCallerGaveUp_OwnsNothing()
    {
        var release = new TaskCompletionSource<KerberosTicket>();
        using var giveUp = new CancellationTokenSource();
        var cancelled = _cache.JoinAsync("a", () => release.Task, giveUp.Token);
        var waiting = _cache.JoinAsync("a", () => release.Task, default);
        await giveUp.CancelAsync();
        await cancelled.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        release.SetResult(Ticket());
        var ticket = await waiting;

        _cache.Dispose();
        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeFalse();
        Release(ticket);

        KerberosKeyBytes.AreWiped(ticket.SessionKey).Should().BeTrue();
    }

    // Each use is of a ticket that is not wiped, whatever is evicted, dropped and renewed meanwhile; and in the end all are.
    [Fact]
    public async Task Cache_UsedByEightThreads_WipesNoTicketInUseAndNoneTooFew()
    {
        var made = new System.Collections.Concurrent.ConcurrentBag<KerberosTicket>();
        var plaintext = new byte[] { 1, 2, 3 };

        await Parallel.ForAsync(0, 4_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) =>
        {
            var key = $"{i % 5}";
            var ticket = _cache.Find(key, out _) ?? await _cache.JoinAsync(key, Make, token);
            if (i % 7 == 0)
            {
                _cache.Drop(key, ticket, TimeSpan.Zero);
            }

            using var decrypted = ticket.SessionKey.TryDecrypt(KerberosKeyUsage.ApReply, ticket.SessionKey.Encrypt(KerberosKeyUsage.ApReply, plaintext));
            decrypted!.Span.ToArray().Should().Equal(plaintext);
            Release(ticket);
        });
        _cache.Dispose();

        made.Should().HaveCountGreaterThan(5).And.OnlyContain(static ticket => KerberosKeyBytes.AreWiped(ticket.SessionKey));

        Task<KerberosTicket> Make()
        {
            var ticket = Ticket();
            made.Add(ticket);
            return Task.FromResult(ticket);
        }
    }

    [Fact]
    public async Task Drop_OfATicket_TakesTheOneThatWasRefusedAndIsNotFresh()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));

        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeFalse("it was got just now");
        _time.Advance(TimeSpan.FromMinutes(1));
        using var other = Ticket();
        _cache.Drop("a", other, TimeSpan.FromMinutes(1)).Should().BeTrue("another has taken its place");
        _cache.Find("a", out _).Should().BeSameAs(ticket, "and stays there");
        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeTrue();
        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeTrue("somebody else has dropped it");
        _cache.Find("a", out _).Should().BeNull();
        await JoinAsync("b", TimeSpan.FromHours(1));
        await JoinAsync("c", TimeSpan.FromHours(1));
        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeTrue("its place was given to another service");
    }

    [Fact]
    public async Task Dispose_OfTheCache_WipesWhatNobodyUses()
    {
        var used = await JoinAsync("a", TimeSpan.FromHours(1));
        var unused = await JoinAsync("b", TimeSpan.FromHours(1));
        Release(unused);

        _cache.Dispose();

        KerberosKeyBytes.AreWiped(unused.SessionKey).Should().BeTrue();
        KerberosKeyBytes.AreWiped(used.SessionKey).Should().BeFalse();
        Release(used);
        KerberosKeyBytes.AreWiped(used.SessionKey).Should().BeTrue();
    }

    [Fact]
    public async Task Dispose_BeforeATicketComes_WipesItWhenItDoes()
    {
        var late = new TaskCompletionSource<KerberosTicket>();
        using var giveUp = new CancellationTokenSource();
        var cancelled = _cache.JoinAsync("a", () => late.Task, giveUp.Token);
        await giveUp.CancelAsync();
        await cancelled.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        _cache.Dispose();

        var ticket = Ticket();
        late.SetResult(ticket);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!KerberosKeyBytes.AreWiped(ticket.SessionKey))
        {
            await Task.Delay(5, timeout.Token); // nobody is told that it has come
        }

        _cache.Find("a", out _).Should().BeNull();
    }

    [Fact]
    public async Task Metrics_OfTheCache_CountTicketsAndEvictions()
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value);
        listener.Start();

        for (var i = 0; i < 3; i++)
        {
            await JoinAsync($"{i}", TimeSpan.FromHours(1));
        }

        counted["digibee.accounts.kerberos.tickets"].Should().Be(2);
        counted["digibee.accounts.kerberos.evictions"].Should().Be(1);
        _cache.Dispose();
        counted["digibee.accounts.kerberos.tickets"].Should().Be(0);
    }

    private static void Release(KerberosTicket ticket, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            ticket.Dispose();
        }
    }

    private KerberosTicket Ticket() => KerberosTicketTests.Create(TimeSpan.FromHours(1), _clock.Now);

    private Task<KerberosTicket> JoinAsync(string key, TimeSpan life) => _cache.JoinAsync(key, () => Task.FromResult(KerberosTicketTests.Create(life, _clock.Now)), default);
}
