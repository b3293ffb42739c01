namespace Digibee.Accounts;

/// <summary>Collects the problems of one import; a file of nothing but mistakes does not fill the memory with them.</summary>
internal sealed class ImportProblems
{
    private const int Most = 1_000;

    private readonly List<AccountImportProblem> _problems = [];

    public IReadOnlyList<AccountImportProblem> All => _problems;

    public void Add(int position, string? accountName, string? field, string message)
    {
        if (_problems.Count < Most)
        {
            _problems.Add(new AccountImportProblem(position, accountName, field, message));
        }
    }

    /// <exception cref="AccountImportException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new AccountImportException(_problems, "Nothing was imported.");
        }
    }
}
