namespace Digibee.Accounts;

/// <summary>The stored account is not the one the caller expected: somebody else saved or deleted it. Read it again and decide.</summary>
public sealed class AccountConflictException : AccountException
{
    internal AccountConflictException(string accountName, string message)
        : base(accountName, message)
    {
    }
}
