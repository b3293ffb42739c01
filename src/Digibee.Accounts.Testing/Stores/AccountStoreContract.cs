namespace Digibee.Accounts;

/// <summary>What every <see cref="IAccountStore"/> must do, as cases that any test framework can run.</summary>
/// <remarks>
/// With xUnit, the whole proof of a store is:
/// <code>
/// public static TheoryData&lt;string&gt; Cases =&gt; [.. AccountStoreContract.Cases.Select(static c =&gt; c.Name)];
///
/// [Theory, MemberData(nameof(Cases))]
/// public Task MyStore_KeepsTheContract(string name) =&gt;
///     AccountStoreContract.RunAsync(name, new AccountStoreHarness(() =&gt; new MyStore(_newFolder)));
/// </code>
/// </remarks>
public static class AccountStoreContract
{
    /// <summary>Gets the cases, each on its own: none needs another to have run. The list grows with the library; do not count on its length.</summary>
    public static IReadOnlyList<AccountStoreCase> Cases { get; } =
    [
        .. CreateCases.All,
        .. AppendCases.All,
        .. HistoryCases.All,
        .. ReplaceCases.All,
        .. DeleteCases.All,
        .. PurgeCases.All,
        .. OrderCases.All,
        .. FilterCases.All,
        .. PageCases.All,
        .. FeedCases.All,
        .. ConcurrencyCases.All,
        .. ArgumentCases.All,
    ];

    /// <summary>Runs one case by its name.</summary>
    /// <param name="caseName">The name of one of <see cref="Cases"/>.</param>
    /// <param name="harness">How to reach the store; for this run alone.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <returns>A task that ends when the store has passed.</returns>
    /// <exception cref="ArgumentException">There is no such case.</exception>
    /// <exception cref="AccountStoreContractException">The store does not keep the contract.</exception>
    public static Task RunAsync(string caseName, AccountStoreHarness harness, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(caseName);
        foreach (var contractCase in Cases)
        {
            if (contractCase.Name == caseName)
            {
                return contractCase.RunAsync(harness, cancellationToken);
            }
        }

        throw new ArgumentException("There is no case of this name. Use a name from AccountStoreContract.Cases.", nameof(caseName));
    }
}
