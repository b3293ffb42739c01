namespace Digibee.Accounts;

/// <summary>Another account refers to this one, or an HTTP client used it lately, so it was not deleted. Change those first, or set <see cref="AccountDeleteOptions.EvenIfInUse"/>.</summary>
public sealed class AccountInUseException : AccountException
{
    internal AccountInUseException(string accountName, string message, IReadOnlyList<AccountUsage>? usage = null)
        : base(accountName, message) => Usage = usage ?? [];

    /// <summary>Gets which clients used it lately, the latest first; none when another account refers to it.</summary>
    public IReadOnlyList<AccountUsage> Usage { get; }
}
