namespace Digibee.Accounts;

/// <summary>The base of every failure this library reports about an account, the key ring or the store. No message holds a secret.</summary>
public abstract class AccountException : Exception
{
    private protected AccountException(string? accountName, string message, Exception? innerException = null)
        : base(message, innerException) => AccountName = accountName;

    /// <summary>Gets the name of the account, safe to log; <see langword="null"/> when the key ring or the store as a whole failed.</summary>
    public string? AccountName { get; }

    /// <summary>Gets whether the same call may succeed later without anybody changing anything.</summary>
    public virtual bool IsTransient => false;
}
