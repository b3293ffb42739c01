namespace Digibee.Accounts;

/// <summary>What a save finds out about an account: problems that stop it, warnings, and what may be said of it in clear.</summary>
internal sealed class AccountInspection(AccountLimits limits, DateTimeOffset? now = null)
{
    private readonly List<AccountProblem> _problems = [];

    public AccountLimits Limits { get; } = limits;

    public DateTimeOffset? Now { get; } = now;

    public IReadOnlyList<AccountProblem> Problems => _problems;

    public List<string> Warnings { get; } = [];

    public Dictionary<string, string> Facts { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset? KnownExpiry { get; set; }

    public void Refuse(string field, string message) => _problems.Add(new AccountProblem(field, message));
}
