namespace Digibee.Accounts;

/// <summary>The account is in use and was not deleted.</summary>
public sealed class AccountInUseException : AccountException
{
    internal AccountInUseException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
