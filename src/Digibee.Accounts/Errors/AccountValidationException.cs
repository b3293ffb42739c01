namespace Digibee.Accounts;

/// <summary>An account is not usable as it is: it cannot be saved, or not be applied together with another. All problems are listed, by field, without any value.</summary>
public sealed class AccountValidationException : AccountException
{
    internal AccountValidationException(string accountName, IReadOnlyList<AccountProblem> problems)
        : base(accountName, Describe(accountName, problems)) => Problems = problems;

    /// <summary>Gets every problem found.</summary>
    public IReadOnlyList<AccountProblem> Problems { get; }

    private static string Describe(string accountName, IReadOnlyList<AccountProblem> problems) =>
        $"Account '{accountName}' is not usable: {string.Join(" ", problems.Select(static problem => $"{problem.Field}: {problem.Message}"))}";
}
