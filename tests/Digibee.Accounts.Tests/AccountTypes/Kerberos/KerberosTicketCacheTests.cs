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
        })).ToArray();
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
        var done = _cache.JoinAsync("a", static () => throw new InvalidOperationException("The flight under way is joined."));

        release.SetResult(renewed);
        await done;

        _cache.Find("a", out _).Should().BeSameAs(renewed);
        old.SessionKey.Encrypt(KerberosKeyUsage.ApReply, [1]).Should().NotBeEmpty("a request under way may still use it");
    }

    [Fact]
    public async Task Renew_ThatFails_IsNotTriedAgainAtOnce()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(56));
        var release = new TaskCompletionSource<KerberosTicket>();
        _cache.Renew("a", () => release.Task);
        var failing = _cache.JoinAsync("a", static () => throw new InvalidOperationException("The flight under way is joined."));
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
            (await _cache.Awaiting(cache => cache.JoinAsync("a", acquire)).Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Be("No.");
    }

    [Fact]
    public async Task JoinAsync_AfterAnOutage_AsksAgain()
    {
        await _cache.Awaiting(static cache => cache.JoinAsync("a", static () => throw new AccountUnavailableException("a", "Down."))).Should().ThrowAsync<AccountUnavailableException>();

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
    public async Task Retired_BeyondTheCapacity_AreWiped()
    {
        var tickets = new List<KerberosTicket>();
        for (var i = 0; i < 6; i++)
        {
            tickets.Add(await JoinAsync($"{i}", TimeSpan.FromHours(1)));
        }

        tickets.Count(IsWiped).Should().Be(2, "two are in use and two retired");
        IsWiped(tickets[0]).Should().BeTrue();
    }

    [Fact]
    public async Task Drop_OfATicket_TakesTheOneThatWasRefusedAndIsNotFresh()
    {
        var ticket = await JoinAsync("a", TimeSpan.FromHours(1));

        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeFalse("it was got just now");
        _time.Advance(TimeSpan.FromMinutes(1));
        using var other = Ticket();
        _cache.Drop("a", other, TimeSpan.FromMinutes(1)).Should().BeFalse("somebody has replaced it");
        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeTrue();
        _cache.Drop("a", ticket, TimeSpan.FromMinutes(1)).Should().BeFalse("it is gone");
        _cache.Find("a", out _).Should().BeNull();
    }

    [Fact]
    public async Task Dispose_OfTheCache_WipesAllAndKeepsNothingFromThenOn()
    {
        var kept = await JoinAsync("a", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(1));
        _cache.Drop("a", kept, TimeSpan.Zero);
        var current = await JoinAsync("a", TimeSpan.FromHours(1));

        _cache.Dispose();
        using var late = await JoinAsync("a", TimeSpan.FromHours(1));

        IsWiped(kept).Should().BeTrue();
        IsWiped(current).Should().BeTrue();
        IsWiped(late).Should().BeFalse();
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

    private static bool IsWiped(KerberosTicket ticket)
    {
        try
        {
            ticket.SessionKey.Encrypt(KerberosKeyUsage.ApReply, [1]);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    private KerberosTicket Ticket() => KerberosTicketTests.Create(TimeSpan.FromHours(1), _clock.Now);

    private Task<KerberosTicket> JoinAsync(string key, TimeSpan life) => _cache.JoinAsync(key, () => Task.FromResult(KerberosTicketTests.Create(life, _clock.Now)));
}
