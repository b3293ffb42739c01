namespace Digibee.Accounts;

/// <summary>One way to get a store wrong, and the case of the contract that finds it.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="CaseName">The case.</param>
/// <param name="Connections">Makes a broken store; each call of the result is one more connection to it.</param>
internal sealed record StoreFault(string Fault, string CaseName, Func<Func<IAccountStore>> Connections)
{
    public StoreFault(string fault, string caseName, Func<BrokenStore> create)
        : this(fault, caseName, () =>
        {
            var store = create();
            return () => store;
        })
    {
    }

    public static IReadOnlyList<StoreFault> All { get; } = [.. WriteFaults.All, .. ReplaceAndPurgeFaults.All, .. ListFaults.All, .. FeedFaults.All, .. RaceFaults.All, .. ArgumentFaults.All];
}
