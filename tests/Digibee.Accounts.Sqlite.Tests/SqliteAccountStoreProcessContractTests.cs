namespace Digibee.Accounts;

/// <summary>The contract across processes: each store that a case opens lives in a process of its own.</summary>
public sealed class SqliteAccountStoreProcessContractTests(StoreWorkers workers) : IClassFixture<StoreWorkers>, IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public static TheoryData<string> Cases => [.. AccountStoreContract.Cases.Select(static contractCase => contractCase.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Store_InEachCaseOfTheContractAcrossProcesses_KeepsIt(string name) =>
        AccountStoreContract.RunAsync(
            name,
            new AccountStoreHarness(async _ => await workers.OpenAsync(_folder.Database)) { FeedDelay = TimeSpan.FromSeconds(20), CaseTimeout = TimeSpan.FromMinutes(3) },
            TestContext.Current.CancellationToken);
}
