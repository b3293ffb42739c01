using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>What becomes of the copies of an account that the vault gives out no more.</summary>
public sealed class ConnectionRetirementTests : IDisposable
{
    private static readonly AccountTypeHandler Certificate = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.Certificate));
    private static readonly AccountTypeHandler SignIn = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.SignIn));

    private readonly RetiredAccounts _retired = new(new FakeTimeProvider());
    private readonly ConnectionPool _pool;
    private readonly AccountConnections _owner;

    public ConnectionRetirementTests()
    {
        _pool = TestPipeline.CreatePool(new FakeTimeProvider(), retired: _retired);
        _owner = new(
            new AccountClient(new AccountPipeline(new TestSource(static (_, _, _) => throw new NotSupportedException()), [], _pool, Microsoft.Extensions.Logging.Abstractions.NullLogger<AccountHandler>.Instance), "test", [], configure: null),
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    }

    public void Dispose()
    {
        _owner.Dispose();
        _pool.Dispose();
        _retired.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leave_OfOneOfTheAccountsOfIdleCopies_ClosesThoseAndNoOthers(bool certificate)
    {
        var (left, partner, other) = (Opened("left"), Opened("partner"), Opened("other"));
        var both = Request(left, certificate ? Certificate : SignIn);
        both.Next = Request(partner, certificate ? SignIn : Certificate);
        _owner.Rent(both)!.Return();
        _owner.Rent(Request(left, certificate ? Certificate : SignIn))!.Return();
        _owner.Rent(Request(other, Certificate))!.Return();

        _retired.Add(left);

        await VaultFixture.Eventually(() => _pool.Live == 1);
        _owner.Rent(Request(other, Certificate))!.Return();
        _pool.Live.Should().Be(1);
    }

    [Fact]
    public async Task Leave_WhileSendsAreUnderWay_ClosesAfterTheLastOfThem()
    {
        var (left, witness) = (Opened("left"), Opened("witness"));
        var first = _owner.Rent(Request(left, Certificate))!;
        var second = _owner.Rent(Request(left, Certificate))!;
        _owner.Rent(Request(witness, Certificate))!.Return();

        _retired.Add(left);

        // It is taken out first, and only then seen as retired.
        await VaultFixture.Eventually(() => first.IsRetired);
        var whileSendingTwo = _pool.Live;
        first.Return();
        var whileSendingOne = _pool.Live;
        second.Return();
        (whileSendingTwo, whileSendingOne, _pool.Live).Should().Be((2, 2, 1));
    }

    [Fact]
    public void Rent_OfAnAccountThatHasLeft_IsForOneSend()
    {
        var left = Opened("left");
        _retired.Add(left);

        var copy = _owner.Rent(Request(left, Certificate))!;
        var live = _pool.Live;
        copy.Return();

        (live, _pool.Live).Should().Be((1, 0));
    }

    [Fact]
    public async Task Rent_OfAnAccountThatLeavesAtTheSameTime_LeavesNothingBehind()
    {
        for (var round = 0; round < 200; round++)
        {
            var account = Opened("left");
            using var start = new Barrier(2);
            var leaving = Task.Run(() =>
            {
                start.SignalAndWait();
                _retired.Add(account);
            });
            start.SignalAndWait();
            _owner.Rent(Request(account, Certificate))!.Return();
            await leaving;

            await VaultFixture.Eventually(() => _pool.Live == 0);
        }
    }

    [Fact]
    public void Rent_OfAnEarlierRevisionThatWasPutBack_IsKept()
    {
        var (later, earlier) = (Opened("a", revision: 2), Opened("a", revision: 1));
        _owner.Rent(Request(later, Certificate))!.Return();
        _retired.Add(later);

        var first = _owner.Rent(Request(earlier, Certificate))!;
        first.Return();
        var second = _owner.Rent(Request(earlier, Certificate))!;
        second.Return();

        second.Should().BeSameAs(first);
        _pool.Live.Should().Be(1);
    }

    [Fact]
    public void Rent_OfTheRevisionThatAnEarlierOneReplaced_DoesNotPutThatOut()
    {
        var (later, earlier) = (Opened("a", revision: 2), Opened("a", revision: 1));
        _retired.Add(later);
        var current = _owner.Rent(Request(earlier, Certificate))!;
        current.Return();

        _owner.Rent(Request(later, Certificate))!.Return();

        _owner.Rent(Request(earlier, Certificate)).Should().BeSameAs(current);
    }

    [Fact]
    public void Return_OfTheLastSendOfARetiredCopy_DisposesWhatItNeededOnce()
    {
        var disposed = 0;
        var type = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.Certificate, needed: () => disposed++));
        var copy = _owner.Rent(Request(Opened("a"), type))!;
        _owner.Dispose();
        var whileSending = disposed;

        copy.Return();

        (whileSending, disposed).Should().Be((0, 1));
    }

    [Fact]
    public void Close_OfACopyWhoseStreamsThrow_GoesOnWithTheOthers()
    {
        var throwing = new AccountTypeHandler<BasicAccount>(new TestConnectionAuthenticator<BasicAccount>(ConnectionPart.Certificate, needed: static () => throw new IOException("Not closed.")));
        _owner.Rent(Request(Opened("throwing"), throwing))!.Return();
        _owner.Rent(Request(Opened("other"), Certificate))!.Return();

        _owner.Dispose();

        _pool.Live.Should().Be(0);
    }

    private static OpenedAccount Opened(string name, long revision = 1) =>
        new(new AccountAddress("default", "test", name), revision, new BasicAccount { Name = name, UserName = "u", Password = new Secret("p") });

    private static AccountRequest Request(OpenedAccount opened, AccountTypeHandler type) =>
        new(new AccountReference(opened.Address.Name), opened, type, new MessageChanges(new HttpRequestMessage(HttpMethod.Get, "https://a.example/")), attempt: 0);
}
