namespace Digibee.Accounts;

/// <summary>The account comes from the program's configuration, so it is not saved, rolled back or deleted here. Change it there, or take it out there first.</summary>
public sealed class AccountReadOnlyException : AccountException
{
    internal AccountReadOnlyException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
