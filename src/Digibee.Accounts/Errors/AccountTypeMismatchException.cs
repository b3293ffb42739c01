namespace Digibee.Accounts;

/// <summary>The account is of another type than the caller needs.</summary>
public sealed class AccountTypeMismatchException : AccountException
{
    internal AccountTypeMismatchException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
