using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class KerberosClientTests : IDisposable
{
    private static readonly byte[] Newest = KerberosTestKeytab.Key(32, 3);
    private static readonly byte[] Newer = KerberosTestKeytab.Key(32, 2);
    private static readonly byte[] Oldest = KerberosTestKeytab.Key(32, 1);

    private readonly FakeTimeProvider _time = new(KerberosTestMessages.Now);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly KerberosTestKdc _kdc = new();
    private readonly KerberosClient _client;

    public KerberosClientTests() => _client = new KerberosClient(_time, new KerberosMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<KerberosClient>.Instance);

    public void Dispose()
    {
        _kdc.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task GetTicketAsync_OfAService_AsksForEachThingOnce()
    {
        var credential = Credential(Keytab(Oldest));

        var ticket = await TicketAsync(credential);
        var again = await TicketAsync(credential);

        again.Should().BeSameAs(ticket);
        ticket.Service.Is(KerberosTestKdc.Web).Should().BeTrue();
        _kdc.Seen.Should().Equal("AS krbtgt/A@A", "AS krbtgt/A@A proven", "TGS HTTP/web.example@A");
    }

    [Fact]
    public async Task GetTicketAsync_WithoutPreauthentication_OpensTheAnswerWithTheVersionTheKdcHas()
    {
        _kdc.RequiresPreauthentication = false;

        (await TicketAsync(Credential(Keytab(Oldest, Newer, Newest)))).Should().NotBeNull();

        _kdc.Seen.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetTicketAsync_WithTheVersionBeforeTheNewest_TriesBothAndRemembersIt()
    {
        _kdc.ClientKey = Newer;
        var credential = Credential(Keytab(Oldest, Newer, Newest));

        await TicketAsync(credential);
        credential.AcceptedVersion.Should().Be(2);
        _kdc.Seen.Count(static line => line.EndsWith(" proven", StringComparison.Ordinal)).Should().Be(2);

        _time.Advance(TimeSpan.FromHours(11));
        _kdc.Now = _time.GetUtcNow();
        await TicketAsync(credential);
        _kdc.Seen.Count(static line => line.EndsWith(" proven", StringComparison.Ordinal)).Should().Be(3);
    }

    [Fact]
    public async Task GetTicketAsync_WithAnOlderVersionStill_IsRefusedAfterTwo()
    {
        (await RefusedAsync(Credential(Keytab(Oldest, Newer, Newest)))).Should().Contain("password was changed");

        _kdc.Seen.Count(static line => line.EndsWith(" proven", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task GetTicketAsync_WhenTheKdcOffersOtherTypes_SaysThatTheyHaveNoneInCommon()
    {
        _kdc.OfferedTypes = [17, 23];

        (await RefusedAsync(Credential(Keytab(Oldest)))).Should().Contain("no key in common");
    }

    [Fact]
    public async Task GetTicketAsync_OfAPrincipalWhoseRealmIsWrittenOtherwise_SaysSo()
    {
        _kdc.WrongClient = new KerberosPrincipal("REALM", KerberosNameType.Principal, "user");

        (await RefusedAsync(Credential(Keytab(Oldest)))).Should().Contain("another realm");
    }

    [Fact]
    public async Task GetTicketAsync_WithoutAUsableKey_AsksNobody()
    {
        var credential = Credential(new KerberosTestKeytab().Entry("A", ["user"], 1, 23, KerberosTestKeytab.Key(16, 1)).Base64);

        (await FluentActions.Awaiting(() => TicketAsync(credential)).Should().ThrowAsync<AccountValidationException>()).Which.Problems.Single().Field.Should().Be("Keytab");

        _kdc.Seen.Should().BeEmpty();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    [InlineData(60 * 24 * 365)]
    public async Task GetTicketAsync_WithAnotherClock_TakesTheKdcs(int minutes)
    {
        _kdc.Now = KerberosTestMessages.Now.AddMinutes(minutes);
        var credential = Credential(Keytab(Oldest));

        await TicketAsync(credential);

        credential.Clock.Offset.Should().Be(TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task GetTicketAsync_WhenTheClockIsNeverRight_IsRefusedAfterOneCorrection()
    {
        _kdc.Instead = static line => line.EndsWith(" proven", StringComparison.Ordinal) ? KerberosTestMessages.Error(37) : null;
        var credential = Credential(Keytab(Oldest));

        (await RefusedAsync(credential)).Should().Contain("clocks differ");

        _kdc.Seen.Count(static line => line.EndsWith(" proven", StringComparison.Ordinal)).Should().Be(2);
        credential.Clock.Offset.Should().Be(TimeSpan.Zero, "nothing protects the time in an error");
    }

    [Fact]
    public async Task GetTicketAsync_OfAnAnswerToAnotherRequest_DoesNotTakeIt()
    {
        _kdc.NonceShift = 1;
        await NotTakenAsync();
        _kdc.NonceShift = 0;
        _kdc.WrongClient = new KerberosPrincipal("A", KerberosNameType.Principal, "other");
        await NotTakenAsync();
        _kdc.WrongClient = null;
        _kdc.WrongService = KerberosTestKdc.Web;
        await NotTakenAsync();
        _kdc.WrongService = null;
        _kdc.Instead = static line => line.StartsWith("TGS", StringComparison.Ordinal) ? [0x6D, 0x01, 0x00] : null;
        await NotTakenAsync();
        _kdc.Instead = static _ => [1, 2, 3];
        await NotTakenAsync();
        _kdc.Instead = static _ => [0x7E, 0x80];
        await NotTakenAsync();
    }

    [Fact]
    public async Task GetTicketAsync_OfAnAnswerForTheServiceToAnotherRequest_DoesNotTakeIt()
    {
        _kdc.IsWrong = static line => line.StartsWith("TGS", StringComparison.Ordinal);
        _kdc.NonceShift = 1;
        await NotTakenAsync();
        _kdc.NonceShift = 0;
        _kdc.WrongClient = new KerberosPrincipal("A", KerberosNameType.Principal, "other");
        await NotTakenAsync();
        _kdc.WrongClient = null;
        _kdc.WrongService = KerberosTestMessages.Client;
        await NotTakenAsync();
    }

    [Fact]
    public async Task GetTicketAsync_WhenTheKdcHasForgottenItsTickets_SignsInAgainOnce()
    {
        var credential = Credential(Keytab(Oldest));
        await TicketAsync(credential);
        var fail = 1;
        _kdc.Instead = line => line.StartsWith("TGS", StringComparison.Ordinal) && fail-- > 0 ? KerberosTestMessages.Error(44) : null;

        (await _client.GetTicketAsync(credential, "other.example", default)).Should().NotBeNull();

        _kdc.Seen.Skip(3).Should().Equal("TGS HTTP/other.example@A", "AS krbtgt/A@A", "AS krbtgt/A@A proven", "TGS HTTP/other.example@A");
        fail = 5;
        (await FluentActions.Awaiting(() => _client.GetTicketAsync(credential, "third.example", default).AsTask()).Should().ThrowAsync<AccountAuthenticationException>())
            .Which.Message.Should().Contain("Kerberos error 44");
    }

    [Fact]
    public async Task GetTicketAsync_OfAServiceThatIsReferred_FollowsToItsRealm()
    {
        _kdc.Refers = static realm => realm == "A" ? "B" : null;

        var ticket = await TicketAsync(Credential(Keytab(Oldest)));

        ticket.Service.Realm.Should().Be("B");
        _kdc.Seen.Skip(2).Should().Equal("TGS HTTP/web.example@A", "TGS HTTP/web.example@B");
    }

    [Fact]
    public async Task GetTicketAsync_OfAHostWhoseRealmIsKnown_AsksForTheWayThere()
    {
        var ticket = await _client.GetTicketAsync(Credential(Keytab(Oldest)), "web.b", default);

        ticket.Service.Realm.Should().Be("B");
        _kdc.Seen.Skip(2).Should().Equal("TGS krbtgt/B@A", "TGS HTTP/web.b@B");
    }

    [Fact]
    public async Task GetTicketAsync_OfReferralsInACircle_Ends()
    {
        _kdc.Refers = static realm => realm == "A" ? "B" : "A";

        (await RefusedAsync(Credential(Keytab(Oldest)))).Should().Contain("from realm to realm");

        _kdc.Seen.Count(static line => line.StartsWith("TGS", StringComparison.Ordinal)).Should().Be(8);
    }

    [Fact]
    public async Task GetTicketAsync_WhoseCallerGivesUp_GoesOnForTheOthers()
    {
        using var release = new ManualResetEventSlim();
        _kdc.Instead = _ =>
        {
            release.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        var credential = Credential(Keytab(Oldest));
        using var giveUp = new CancellationTokenSource();
        var cancelled = _client.GetTicketAsync(credential, "web.example", giveUp.Token).AsTask();
        var waiting = TicketAsync(credential);

        await giveUp.CancelAsync();
        await cancelled.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        release.Set();

        (await waiting).Should().NotBeNull();
    }

    [Fact]
    public async Task GetTicketAsync_NearTheEndOfATicket_RenewsItInTheBackground()
    {
        var credential = Credential(Keytab(Oldest));
        var old = await TicketAsync(credential);
        _time.Advance(TimeSpan.FromHours(9) + TimeSpan.FromMinutes(57));
        _kdc.Now = _time.GetUtcNow();

        (await TicketAsync(credential)).Should().BeSameAs(old);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (credential.Tickets.Find("web.example", out _) == old)
        {
            await Task.Delay(5, timeout.Token); // the renewal tells nobody that it has ended
        }

        (await TicketAsync(credential)).EndsAt.Should().Be(_kdc.Now.AddHours(10), "the ticket-granting ticket was renewed first");
    }

    // Longer than any delay of an eviction: the account was changed while the KDC took its time.
    [Fact]
    public async Task GetTicketAsync_OfARevisionThatIsGoneMeanwhile_EndsWithItsKeysAndWipesThem()
    {
        using var release = HoldKdc();
        var opened = TestSource.Opened(_kdc.Account(Keytab(Oldest)));
        var credential = _client.Own(opened);
        var waiting = TicketAsync(credential);

        opened.DisposeStates();
        release.Set();
        var ticket = await waiting;
        var granting = credential.GrantingTickets.Find("A", out _)!;
        granting.Dispose();

        KerberosKeyBytes.AreWiped(granting.SessionKey).Should().BeFalse();
        KerberosKeyBytes.AreWiped(credential.Keytab.Keys[0].Key).Should().BeFalse();
        credential.Dispose();
        ticket.Dispose();
        await WipedAsync(credential.Keytab.Keys[0].Key);
        await WipedAsync(ticket.SessionKey);
        await WipedAsync(granting.SessionKey);
    }

    [Fact]
    public async Task GetTicketAsync_WhoseLateAnswerNobodyWaitsFor_WipesItAndTheKeys()
    {
        using var kept = new TicketCount(_services);
        using var release = HoldKdc();
        var opened = TestSource.Opened(_kdc.Account(Keytab(Oldest)));
        var credential = _client.Own(opened);
        using var giveUp = new CancellationTokenSource();
        var cancelled = _client.GetTicketAsync(credential, "web.example", giveUp.Token).AsTask();
        while (_kdc.Seen.IsEmpty)
        {
            await Task.Delay(5); // until the request has gone out, which tells nobody
        }

        await giveUp.CancelAsync();
        await cancelled.Invoking(static task => task).Should().ThrowAsync<OperationCanceledException>();
        credential.Dispose();
        opened.DisposeStates();
        KerberosKeyBytes.AreWiped(credential.Keytab.Keys[0].Key).Should().BeFalse("the request is still under way");
        release.Set();

        await WipedAsync(credential.Keytab.Keys[0].Key);
        kept.Most.Should().Be(1, "the ticket-granting ticket was kept until the service's came");
        kept.Now.Should().Be(0);
    }

    [Fact]
    public void Own_OfARevisionWhoseStatesAreGone_MakesOthers()
    {
        var opened = TestSource.Opened(_kdc.Account(Keytab(Oldest)));
        using var first = _client.Own(opened);
        opened.DisposeStates();

        using var second = _client.Own(opened);

        second.Should().NotBeSameAs(first);
        KerberosKeyBytes.AreWiped(second.Keytab.Keys[0].Key).Should().BeFalse();
    }

    [Fact]
    public async Task GetTicketAsync_OfTwoServicesWithOneForgottenTicket_SignsInAgainForBoth()
    {
        var account = _kdc.Account(Keytab(Oldest));
        var credential = _client.Own(TestSource.Opened(account with { Configuration = $"[libdefaults]\nudp_preference_limit = 1\n{account.Configuration}" }));
        await TicketAsync(credential);
        using var both = new CountdownEvent(2);
        _kdc.Instead = line =>
        {
            if (both.IsSet || !line.StartsWith("TGS", StringComparison.Ordinal))
            {
                return null;
            }

            both.Signal();
            both.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
            return KerberosTestMessages.Error(44);
        };

        var tickets = await Task.WhenAll(new[] { "two.example", "three.example" }.Select(host => _client.GetTicketAsync(credential, host, default).AsTask()));

        tickets.Should().OnlyContain(static ticket => ticket != null);
    }

    [Fact]
    public async Task GetTicketAsync_WhenTheKdcRefusesToRenew_GoesOnWithTheTicketAtHand()
    {
        var credential = Credential(Keytab(Oldest));
        await TicketAsync(credential);
        _time.Advance(TimeSpan.FromHours(9) + TimeSpan.FromMinutes(57));
        _kdc.Now = _time.GetUtcNow();
        _kdc.Instead = static line => line.StartsWith("AS", StringComparison.Ordinal) ? KerberosTestMessages.Error(18) : null;

        (await _client.GetTicketAsync(credential, "other.example", default)).Should().NotBeNull();

        _kdc.Seen.Skip(3).Should().Equal("AS krbtgt/A@A", "TGS HTTP/other.example@A");
    }

    [Theory]
    [InlineData(15_000)]
    [InlineData(70_000)]
    public async Task GetTicketAsync_OfATicketThatNoDatagramHolds_GetsItOverTcp(int length)
    {
        _kdc.TicketLength = length;

        var ticket = await TicketAsync(Credential(Keytab(Oldest)));

        ticket.Encoded.Length.Should().BeGreaterThan(length);
        _kdc.Seen.Should().Equal("AS krbtgt/A@A", "AS krbtgt/A@A proven", "AS krbtgt/A@A proven", "TGS HTTP/web.example@A");
    }

    // Each answer comes within the time of one request, and there are many: two keys, and realm after realm.
    [Fact]
    public async Task GetTicketAsync_OfServersThatAreSlowForEver_EndsAfterHalfAMinute()
    {
        _kdc.ClientKey = Newer;
        _kdc.Refers = static realm => realm == "A" ? "B" : "A";
        _kdc.Instead = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(2.9));
            return null;
        };
        var account = _kdc.Account(Keytab(Oldest, Newer, Newest));
        var credential = _client.Own(TestSource.Opened(account with { Configuration = $"[libdefaults]\nudp_preference_limit = 1\n{account.Configuration}" }));

        await FluentActions.Awaiting(() => TicketAsync(credential)).Should().ThrowAsync<AccountUnavailableException>().WithMessage("*in time*");

        (_time.GetUtcNow() - KerberosTestMessages.Now).Should().BeLessThan(TimeSpan.FromSeconds(33));
    }

    private static async Task WipedAsync(KerberosKey key)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!KerberosKeyBytes.AreWiped(key))
        {
            await Task.Delay(5, timeout.Token); // a request for a ticket tells nobody that it has ended
        }
    }

    private ManualResetEventSlim HoldKdc()
    {
        var release = new ManualResetEventSlim();
        _kdc.Instead = _ =>
        {
            release.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
            return null;
        };
        return release;
    }

    private static string Keytab(params byte[][] keys)
    {
        var keytab = new KerberosTestKeytab();
        for (var i = 0; i < keys.Length; i++)
        {
            keytab.Entry("A", ["user"], (uint)(i + 1), 18, keys[i]);
        }

        return keytab.Base64;
    }

    private KerberosCredential Credential(string keytab) => _client.Own(TestSource.Opened(_kdc.Account(keytab)));

    private Task<KerberosTicket> TicketAsync(KerberosCredential credential) => _client.GetTicketAsync(credential, "web.example", default).AsTask();

    private async Task<string> RefusedAsync(KerberosCredential credential)
    {
        var error = (await FluentActions.Awaiting(() => TicketAsync(credential)).Should().ThrowAsync<AccountAuthenticationException>()).Which;
        error.AccountName.Should().Be("a");
        return error.Message;
    }

    private async Task NotTakenAsync() =>
        (await FluentActions.Awaiting(() => TicketAsync(Credential(Keytab(Oldest)))).Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().Contain("does not belong to the request");

    /// <summary>Follows the number of tickets in caches.</summary>
    private sealed class TicketCount : IDisposable
    {
        private readonly MeterListener _listener = new();

        public TicketCount(IServiceProvider services)
        {
            _listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>() && instrument.Name == "digibee.accounts.kerberos.tickets")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Most = Math.Max(Most, Now += change));
            _listener.Start();
        }

        public long Now { get; private set; }

        public long Most { get; private set; }

        public void Dispose() => _listener.Dispose();
    }
}
