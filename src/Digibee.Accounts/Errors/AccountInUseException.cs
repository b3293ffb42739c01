namespace Digibee.Accounts;

/// <summary>Another account refers to this one, so it was not deleted. Delete or change that one first, or set <see cref="AccountDeleteOptions.EvenIfInUse"/>.</summary>
public sealed class AccountInUseException : AccountException
{
    internal AccountInUseException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
