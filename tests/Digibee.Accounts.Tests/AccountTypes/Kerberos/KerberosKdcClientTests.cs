using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

public sealed class KerberosKdcClientTests
{
    private static readonly byte[] Request = [1, 2, 3];

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _seen = new();

    [Fact]
    public async Task ExchangeAsync_OfASmallRequest_GoesOverUdp()
    {
        using var server = Server("one", static _ => [9]);

        (await ExchangeAsync(Realm(server))).Should().Equal(9);

        _seen.Should().Equal("one udp 3");
    }

    [Fact]
    public async Task ExchangeAsync_OfALargeRequest_GoesOverTcp()
    {
        using var server = Server("one", static _ => [9]);

        (await new KerberosKdcClient(_time).ExchangeAsync(Realm(server), new byte[1_401], default)).Should().Equal(9);

        _seen.Should().Equal("one tcp 1401");
    }

    [Fact]
    public async Task ExchangeAsync_OfAnAnswerTooBigForUdp_AsksThatServerOverTcp()
    {
        using var one = Server("one", static overTcp => overTcp ? new byte[70_000] : KerberosTestMessages.Error(52));
        using var two = Server("two", static _ => [9]);
        var realm = Realm(one, two);

        (await ExchangeAsync(realm)).Should().HaveCount(70_000);

        _seen.Should().Equal("one udp 3", "one tcp 3");
        realm.PrefersTcp.Should().BeFalse("UDP came through");
    }

    [Fact]
    public async Task ExchangeAsync_WhereUdpIsLost_GoesOverTcpAndStaysThere()
    {
        using var server = Server("one", static overTcp => overTcp ? [9] : null);
        var realm = Realm(server);

        for (var i = 0; i < 2; i++)
        {
            var exchange = ExchangeAsync(realm);
            await AdvanceUntilAsync(exchange);
            (await exchange).Should().Equal(9);
        }

        _seen.Should().Equal("one udp 3", "one tcp 3", "one tcp 3");
    }

    [Fact]
    public async Task ExchangeAsync_WithADeadServer_GoesToTheNextAndStaysThere()
    {
        KerberosKdc dead;
        using (var closed = Server("closed", static _ => null))
        {
            dead = closed.Kdc;
        }

        using var server = Server("two", static _ => [9]);
        var realm = new KerberosRealm("A", [dead, server.Kdc], prefersTcp: false);

        (await ExchangeAsync(realm)).Should().Equal(9);

        realm.Servers().Should().Equal(server.Kdc, dead);
        _seen.Should().Equal("two udp 3");
    }

    [Fact]
    public async Task ExchangeAsync_WithAServerOutOfService_GoesToTheNext()
    {
        using var one = Server("one", static _ => KerberosTestMessages.Error(29));
        using var two = Server("two", static _ => [9]);

        (await ExchangeAsync(Realm(one, two))).Should().Equal(9);
    }

    [Fact]
    public async Task ExchangeAsync_OfATcpAnswerThatPromisesTooMuchOrBreaksOff_IsNone()
    {
        using var huge = new KerberosTestServer(static (_, overTcp) => overTcp ? [0x7F, 0xFF, 0xFF, 0xFF, 1] : null);
        using var broken = new KerberosTestServer(static (_, overTcp) => overTcp ? [0, 0, 0, 9, 1] : null);

        (await ExchangeAsync(new KerberosRealm("A", [huge.Kdc, broken.Kdc], prefersTcp: true))).Should().BeNull();
    }

    [Fact]
    public async Task ExchangeAsync_WhereNobodyAnswers_EndsAfterItsTime()
    {
        using var server = Server("one", static _ => null);

        var exchange = ExchangeAsync(Realm(server));
        await AdvanceUntilAsync(exchange);

        (await exchange).Should().BeNull();
        _seen.Should().Equal("one udp 3", "one tcp 3");
    }

    [Fact]
    public async Task ExchangeAsync_OfARealmWithoutServers_IsNone()
    {
        (await ExchangeAsync(new KerberosRealm("A", [], prefersTcp: false))).Should().BeNull();
        (await ExchangeAsync(new KerberosRealm("A", [new KerberosKdc("no-such-host.invalid", 88)], prefersTcp: false))).Should().BeNull();
    }

    // A firewall that swallows everything: UDP must not use up the time of TCP, however many servers there are.
    [Fact]
    public async Task ExchangeAsync_WithManySilentServers_LeavesTimeForTcpAndEndsAfterAQuarterOfAMinute()
    {
        var servers = Enumerable.Range(0, 20).Select(i => Server($"{i}", static _ => null)).ToArray();
        var start = _time.GetUtcNow();

        var exchange = ExchangeAsync(Realm(servers));
        await AdvanceUntilAsync(exchange);

        (await exchange).Should().BeNull();
        _seen.Count(static line => line.Contains(" udp ", StringComparison.Ordinal)).Should().BeInRange(4, 5);
        _seen.Count(static line => line.Contains(" tcp ", StringComparison.Ordinal)).Should().BeInRange(3, 5);
        (_time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
        Array.ForEach(servers, static server => server.Dispose());
    }

    [Fact]
    public async Task ExchangeAsync_ThatIsCancelled_IsNone()
    {
        using var server = Server("one", static _ => null);
        using var end = new CancellationTokenSource();
        var exchange = new KerberosKdcClient(_time).ExchangeAsync(Realm(server), Request, end.Token);

        await end.CancelAsync();

        (await exchange).Should().BeNull();
    }

    private static KerberosRealm Realm(params KerberosTestServer[] servers) => new("A", [.. servers.Select(static server => server.Kdc)], prefersTcp: false);

    private Task<byte[]?> ExchangeAsync(KerberosRealm realm) => new KerberosKdcClient(_time).ExchangeAsync(realm, Request, default);

    private KerberosTestServer Server(string name, Func<bool, byte[]?> answer) => new((request, overTcp) =>
    {
        _seen.Enqueue($"{name} {(overTcp ? "tcp" : "udp")} {request.Length}");
        return answer(overTcp) is { } message ? overTcp ? KerberosTestServer.Framed(message) : message : null;
    });

    // Time passes only where somebody waits for it.
    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            var asked = _seen.Count;
            await Task.Delay(20);
            if (asked > 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }
}
