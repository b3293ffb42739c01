namespace Digibee.Accounts;

public sealed class SqliteAccountStoreContractTests : IDisposable
{
    private readonly SqliteTestFolder _folder = new();

    public static TheoryData<string> Cases => [.. AccountStoreContract.Cases.Select(static contractCase => contractCase.Name)];

    public void Dispose() => _folder.Dispose();

    // Each connection of a case is a store of its own on the same file, as another process would open it.
    [Theory]
    [MemberData(nameof(Cases))]
    public Task Store_InEachCaseOfTheContract_KeepsIt(string name) =>
        AccountStoreContract.RunAsync(
            name,
            new AccountStoreHarness(() => _folder.Open(static options => options.FeedInterval = TimeSpan.FromMilliseconds(20))) { FeedDelay = TimeSpan.FromSeconds(20), CaseTimeout = TimeSpan.FromMinutes(3) },
            TestContext.Current.CancellationToken);
}
