using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>Whose copy a message gets, and when copies go.</summary>
public sealed class ConnectionPoolTests : IDisposable
{
    private static readonly AccountTypeHandler Certificate = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.Certificate));
    private static readonly AccountTypeHandler SignIn = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.SignIn));

    private readonly FakeTimeProvider _time = new();
    private readonly RetiredAccounts _retired;
    private readonly ConnectionPool _pool;
    private readonly AccountConnections _owner;

    public ConnectionPoolTests()
    {
        _retired = new RetiredAccounts(_time);
        _pool = TestPipeline.CreatePool(_time, static options => options.ConnectionIdentityCapacity = 3, _retired);
        _owner = Owner(_pool);
    }

    public void Dispose()
    {
        _owner.Dispose();
        _pool.Dispose();
        _retired.Dispose();
    }

    [Fact]
    public void Rent_OfTheSameAccountAgain_GivesTheSameCopy()
    {
        var account = Opened("a");

        var first = _owner.Rent(Request(account));
        first!.Return();
        var second = _owner.Rent(Request(account));

        second.Should().BeSameAs(first);
        _pool.Live.Should().Be(1);
    }

    [Fact]
    public void Rent_ForAMessageWithoutConnectionAccounts_GivesNothing()
    {
        var bearer = new AccountTypeHandler<BasicAccount>(new BasicAuthenticator());

        _owner.Rent(Request(Opened("a"), bearer)).Should().BeNull();
        _owner.Rent(null).Should().BeNull();
    }

    [Fact]
    public void Rent_OfAnotherAccountScopeSetOrHandler_GivesAnotherCopy()
    {
        var pool = TestPipeline.CreatePool(_time);
        var owner = Owner(pool);
        var account = Opened("a");
        var both = Request(account);
        both.Next = Request(Opened("b"), SignIn);

        AccountConnection?[] copies =
        [
            owner.Rent(Request(account)), owner.Rent(Request(Opened("b"))), owner.Rent(Request(Opened("a", scope: 1))), owner.Rent(Request(Opened("a", scope: 2))), owner.Rent(both), Owner(pool).Rent(Request(account)),
        ];

        copies.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        Array.ForEach(copies, static copy => copy!.Return());
        pool.Live.Should().Be(6);
    }

    [Fact]
    public void Rent_OfASignInToAnotherServerOrHost_GivesAnotherCopyAndKeepsTheFirst()
    {
        var pool = TestPipeline.CreatePool(_time);
        var owner = Owner(pool);
        var account = Opened("a");
        var uris = new[] { "https://a.example/", "https://b.example/", "https://a.example:8443/", "http://a.example/" };

        var copies = uris.Select(uri => owner.Rent(Request(account, SignIn, uri))).Append(owner.Rent(Request(account, SignIn, hostHeader: "c.example"))).ToArray();
        var again = uris.Select(uri => owner.Rent(Request(account, SignIn, $"{uri}another?path"))).Append(owner.Rent(Request(account, SignIn, hostHeader: "c.example"))).ToArray();

        copies.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        again.Should().Equal(copies);
    }

    [Fact]
    public void Rent_OfACertificateToAnotherServerOrHost_GivesTheSameCopy()
    {
        var account = Opened("a");

        var first = _owner.Rent(Request(account));

        _owner.Rent(Request(account, uri: "https://b.example:8443/")).Should().BeSameAs(first);
        _owner.Rent(Request(account, hostHeader: "c.example")).Should().BeSameAs(first);
    }

    [Fact]
    public void Rent_OfALaterRevisionOfASignIn_DisposesTheEarlierCopiesOfAllServers()
    {
        var before = Opened("a", revision: 1);
        var one = _owner.Rent(Request(before, SignIn, "https://a.example/"))!;
        var other = _owner.Rent(Request(before, SignIn, "https://b.example/"))!;
        one.Return();
        other.Return();

        var after = _owner.Rent(Request(Opened("a", revision: 2), SignIn, "https://a.example/"))!;
        var straggler = _owner.Rent(Request(before, SignIn, "https://b.example/"))!;
        straggler.Return();

        (IsDisposed(one), IsDisposed(other), IsDisposed(after), IsDisposed(straggler)).Should().Be((true, true, false, true));
    }

    [Fact]
    public void Rent_OfALaterRevision_DisposesTheEarlierCopyWhenItsLastSendHasEnded()
    {
        var before = Opened("a", revision: 1);
        var one = _owner.Rent(Request(before))!;
        var two = _owner.Rent(Request(before))!;

        var after = _owner.Rent(Request(Opened("a", revision: 2)));
        var whileSending = _pool.Live;
        one.Return();
        var whileSendingOne = _pool.Live;
        two.Return();

        after.Should().NotBeSameAs(one);
        (whileSending, whileSendingOne, _pool.Live).Should().Be((2, 2, 1));
        IsDisposed(one).Should().BeTrue();
        IsDisposed(after!).Should().BeFalse();
    }

    [Fact]
    public void Rent_OfTheSameRevisionOpenedAnew_DisposesTheEarlierCopy()
    {
        _owner.Rent(Request(Opened("a")))!.Return();

        _owner.Rent(Request(Opened("a")))!.Return();

        _pool.Live.Should().Be(1);
    }

    [Fact]
    public void Rent_OfAnEarlierRevision_IsForOneSendAndLeavesTheLaterCopy()
    {
        var current = Opened("a", revision: 2);
        var later = _owner.Rent(Request(current))!;

        var straggler = _owner.Rent(Request(Opened("a", revision: 1)))!;
        straggler.Return();

        IsDisposed(straggler).Should().BeTrue();
        _owner.Rent(Request(current)).Should().BeSameAs(later);
        _pool.Live.Should().Be(1);
    }

    [Fact]
    public void Rent_BeyondTheCapacity_LetsTheLongestUnusedGoAndCutsNoSendOff()
    {
        var sending = _owner.Rent(Request(Opened("sending")))!;
        foreach (var name in new[] { "a", "b" })
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _owner.Rent(Request(Opened(name)))!.Return();
        }

        _owner.Rent(Request(Opened("c")))!.Return();
        var keptSending = _pool.Live == 3 && !IsDisposed(sending);
        var others = new[] { "d", "e", "f" }.Select(name => _owner.Rent(Request(Opened(name)))!).ToArray();
        var retiredButSending = !IsDisposed(sending);
        sending.Return();

        keptSending.Should().BeTrue();
        retiredButSending.Should().BeTrue();
        IsDisposed(sending).Should().BeTrue();
        others.Should().OnlyContain(static other => !IsDisposed(other));
        _pool.Live.Should().Be(3);
    }

    [Fact]
    public void Sweep_AfterTheIdleTime_LetsWhatIsNotSendingGo()
    {
        var idle = _owner.Rent(Request(Opened("idle")))!;
        idle.Return();
        var sending = _owner.Rent(Request(Opened("sending")))!;
        _time.Advance(TimeSpan.FromSeconds(60));
        var later = _owner.Rent(Request(Opened("later")))!;
        later.Return();

        _time.Advance(TimeSpan.FromSeconds(61));
        var first = (IsDisposed(idle), IsDisposed(sending), IsDisposed(later));
        _time.Advance(TimeSpan.FromSeconds(61));
        var second = (IsDisposed(sending), IsDisposed(later));
        sending.Return();
        _time.Advance(TimeSpan.FromSeconds(241));

        first.Should().Be((true, false, false));
        second.Should().Be((false, true));
        IsDisposed(sending).Should().BeTrue();
        _pool.Live.Should().Be(0);
    }

    [Fact]
    public void Sweep_OfAPoolThatWasEmptyForAWhile_WorksAgain()
    {
        _owner.Rent(Request(Opened("a")))!.Return();
        _time.Advance(TimeSpan.FromHours(1));
        _owner.Rent(Request(Opened("a")))!.Return();
        var live = _pool.Live;

        _time.Advance(TimeSpan.FromHours(1));

        live.Should().Be(1);
        _pool.Live.Should().Be(0);
    }

    [Fact]
    public void Close_OfAHandler_DisposesItsCopiesAndGivesOutNoMore()
    {
        var other = Owner(_pool);
        var account = Opened("a");
        _owner.Rent(Request(account))!.Return();
        var sending = _owner.Rent(Request(Opened("b")))!;
        other.Rent(Request(account))!.Return();

        _owner.Dispose();
        var afterwards = _pool.Live;
        sending.Return();
        var renting = () => _owner.Rent(Request(account));

        afterwards.Should().Be(2);
        _pool.Live.Should().Be(1);
        renting.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Dispose_OfThePool_DisposesEverything()
    {
        _owner.Rent(Request(Opened("a")))!.Return();
        var sending = _owner.Rent(Request(Opened("b")))!;

        _pool.Dispose();
        sending.Return();
        var renting = () => _owner.Rent(Request(Opened("a")));

        _pool.Live.Should().Be(0);
        renting.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Rent_WhenTheAccountCannotBeSetUp_LeavesNothingBehind()
    {
        var failing = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.Certificate, static (_, _) => throw new AccountUnavailableException("a", "No.")));

        var renting = () => _owner.Rent(Request(Opened("a"), failing));

        renting.Should().Throw<AccountUnavailableException>();
        _pool.Live.Should().Be(0);
    }

    [Fact]
    public async Task Rent_ByManyAtOnce_GivesAllOfThemOneCopy()
    {
        var account = Opened("a");
        using var start = new Barrier(8);

        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return _owner.Rent(Request(account));
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        copies.Distinct().Should().ContainSingle();
        _pool.Live.Should().Be(1);
    }

    [Fact]
    public void Rent_OfCopiesThatComeAndGo_IsMeasured()
    {
        var live = 0;
        var reasons = new List<string>();
        using var listener = new MeterListener();
        var pool = TestPipeline.CreatePool(_time, static options => options.ConnectionIdentityCapacity = 1);
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => live = value);
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => reasons.Add((string)tags[0].Value!));
        pool.EnableMeasurements(listener);
        var owner = Owner(pool);

        owner.Rent(Request(Opened("a", revision: 1)))!.Return();
        owner.Rent(Request(Opened("a", revision: 2)))!.Return();
        owner.Rent(Request(Opened("b")))!.Return();
        listener.RecordObservableInstruments();
        var measured = live;
        _time.Advance(TimeSpan.FromMinutes(2));
        owner.Rent(Request(Opened("b")))!.Return();
        owner.Dispose();

        measured.Should().Be(1);
        reasons.Should().Equal("rotated", "capacity", "idle", "closed");
    }

    private static AccountConnections Owner(ConnectionPool pool) => new(
        new AccountClient(new AccountPipeline(new TestSource(static (_, _, _) => throw new NotSupportedException()), [], pool, Microsoft.Extensions.Logging.Abstractions.NullLogger<AccountHandler>.Instance), "test", [], configure: null),
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private static OpenedAccount Opened(string name, long revision = 1, long scope = 0) =>
        new(new AccountAddress("default", "test", name), revision, new BasicAccount { Name = name, UserName = "u", Password = new Secret("p") }, TestScopes.Numbered(scope));

    private static AccountRequest Request(OpenedAccount opened, AccountTypeHandler? type = null, string uri = "https://a.example/", string? hostHeader = null) =>
        new(new AccountReference(opened.Address.Name), opened, type ?? Certificate, new MessageChanges(new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { Host = hostHeader } }), attempt: 0);

    private static bool IsDisposed(AccountConnection connection)
    {
        // A URI that is refused before anything is opened.
        using var message = new HttpRequestMessage(HttpMethod.Get, "ftp://nowhere.example/");
        try
        {
            Blocking.Wait(connection.SendAsync(message, async: false, CancellationToken.None));
        }
        catch (Exception exception)
        {
            return exception is ObjectDisposedException;
        }

        return false;
    }
}
