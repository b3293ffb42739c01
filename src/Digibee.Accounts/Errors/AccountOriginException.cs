namespace Digibee.Accounts;

/// <summary>The request goes to an origin that the account may not be sent to. Nothing was sent.</summary>
public sealed class AccountOriginException : AccountException
{
    internal AccountOriginException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
