namespace Digibee.Accounts;

/// <summary>There is no such account in this realm and environment, or it is not available here.</summary>
public sealed class AccountNotFoundException : AccountException
{
    internal AccountNotFoundException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
