namespace Digibee.Accounts;

/// <summary>The cases themselves: each is proved by a store with the fault that it is there to find.</summary>
public sealed class AccountStoreContractTests
{
    public static TheoryData<string> Faults => [.. StoreFault.All.Select(static fault => fault.Fault + " | " + fault.CaseName)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task RunAsync_OverAStoreWithAFault_FindsIt(string name)
    {
        var fault = StoreFault.All.Single(fault => fault.Fault + " | " + fault.CaseName == name);
        var harness = new AccountStoreHarness(fault.Connections()) { FeedDelay = TimeSpan.FromMilliseconds(400), CaseTimeout = TimeSpan.FromSeconds(60) };

        var run = () => AccountStoreContract.RunAsync(fault.CaseName, harness, TestContext.Current.CancellationToken);

        var found = (await run.Should().ThrowAsync<AccountStoreContractException>()).Which;
        found.CaseName.Should().Be(fault.CaseName);
        found.InnerException.Should().Match(static inner => inner == null || inner is ArgumentException, "the case finds the fault by what it asks, not because something fell over");
        found.Actual.Should().NotStartWith("none within");
    }

    [Fact]
    public void Cases_EachOne_IsProvedByAFault() =>
        AccountStoreContract.Cases.Select(static contractCase => contractCase.Name).Should().BeEquivalentTo(StoreFault.All.Select(static fault => fault.CaseName).Distinct(StringComparer.Ordinal));

    [Fact]
    public void Cases_ByName_AreUnique() => AccountStoreContract.Cases.Should().OnlyHaveUniqueItems(static contractCase => contractCase.Name);

    [Fact]
    public async Task RunAsync_OfAnUnknownCase_IsRefused()
    {
        var run = () => AccountStoreContract.RunAsync("no such case", new AccountStoreHarness(static () => new InMemoryAccountStore()));

        await run.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task RunAsync_WithAHarnessThatServedBefore_IsRefused()
    {
        var harness = new AccountStoreHarness(static () => new InMemoryAccountStore());
        await AccountStoreContract.Cases[0].RunAsync(harness);

        var again = () => AccountStoreContract.Cases[1].RunAsync(harness);

        await again.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task RunAsync_OverAStoreThatNeverAnswers_EndsInTime()
    {
        var harness = new AccountStoreHarness(static () => new BrokenStore { Get = static (_, _) => new(new TaskCompletionSource<StoredRecord?>().Task) }) { CaseTimeout = TimeSpan.FromMilliseconds(200) };

        var run = () => AccountStoreContract.RunAsync("A key that was never written reads as nothing", harness).WaitAsync(TimeSpan.FromSeconds(30));

        (await run.Should().ThrowAsync<AccountStoreContractException>()).Which.Expected.Should().Be("an end within 00:00:00.2000000");
    }

    [Fact]
    public async Task RunAsync_OverAStoreThatBlocks_EndsInTime()
    {
        using var never = new ManualResetEventSlim();
        var harness = new AccountStoreHarness(() => new BrokenStore
        {
            Get = (_, _) =>
            {
                never.Wait();
                return default;
            },
        })
        { CaseTimeout = TimeSpan.FromMilliseconds(200) };

        var run = () => AccountStoreContract.RunAsync("A key that was never written reads as nothing", harness).WaitAsync(TimeSpan.FromSeconds(30));

        await run.Should().ThrowAsync<AccountStoreContractException>();
        never.Set();
    }

    [Fact]
    public async Task RunAsync_OverAStoreThatThrows_NamesTheExceptionAndKeepsIt()
    {
        var harness = new AccountStoreHarness(static () => new BrokenStore { Get = static (_, _) => throw new TimeoutException("The database is away.") });

        var run = () => AccountStoreContract.RunAsync("A key that was never written reads as nothing", harness);

        var found = (await run.Should().ThrowAsync<AccountStoreContractException>()).Which;
        found.Actual.Should().Be("TimeoutException");
        found.InnerException.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task RunAsync_OverAStoreThatCancelsByItself_IsAFinding()
    {
        var harness = new AccountStoreHarness(static () => new BrokenStore { Get = static (_, _) => throw new OperationCanceledException() });

        var run = () => AccountStoreContract.RunAsync("A key that was never written reads as nothing", harness);

        await run.Should().ThrowAsync<AccountStoreContractException>();
    }

    [Fact]
    public async Task RunAsync_WhenCancelled_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var harness = new AccountStoreHarness(() => new BrokenStore
        {
            Get = async (_, _) =>
            {
                await stop.CancelAsync();
                return await new TaskCompletionSource<StoredRecord?>().Task;
            },
        });

        var run = () => AccountStoreContract.RunAsync("A key that was never written reads as nothing", harness, stop.Token).WaitAsync(TimeSpan.FromSeconds(30));

        await run.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task RunAsync_WithSeveralConnections_DisposesEachOnce()
    {
        var stores = new List<DisposableStore>();
        var harness = new AccountStoreHarness(_ =>
        {
            stores.Add(new DisposableStore(stores.Count == 0 ? new InMemoryAccountStore() : stores[0].Inner));
            return new(stores[^1]);
        })
        { FeedDelay = TimeSpan.FromSeconds(20) };

        await AccountStoreContract.RunAsync("A write is read at once through another connection", harness);

        stores.Should().HaveCount(2).And.OnlyContain(static store => store.Disposed == 1);
    }

    [Fact]
    public async Task RunAsync_WithOneInstanceForEveryConnection_DisposesItOnce()
    {
        var store = new DisposableStore(new InMemoryAccountStore());

        await AccountStoreContract.RunAsync("A write is read at once through another connection", new AccountStoreHarness(() => store));

        store.Disposed.Should().Be(1);
    }
}
