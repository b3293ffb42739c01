namespace Digibee.Accounts;

/// <summary>An import was refused, or could not be finished or taken back: every problem is listed, by line and account, without any value.</summary>
public sealed class AccountImportException : AccountException
{
    private const int MostShown = 10;

    internal AccountImportException(IReadOnlyList<AccountImportProblem> problems, string outcome, Exception? innerException = null)
        : base(problems.Count == 1 ? problems[0].AccountName : null, Describe(problems, outcome), innerException) => Problems = problems;

    /// <summary>Gets every problem found, up to 1,000.</summary>
    public IReadOnlyList<AccountImportProblem> Problems { get; }

    private static string Describe(IReadOnlyList<AccountImportProblem> problems, string outcome) =>
        $"{outcome} {string.Join(" ", problems.Take(MostShown))}{(problems.Count > MostShown ? $" And {problems.Count - MostShown} more: see Problems." : "")}";
}
