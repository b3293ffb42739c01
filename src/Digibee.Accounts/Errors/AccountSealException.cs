namespace Digibee.Accounts;

/// <summary>Stored bytes do not open, or a key is not usable. What was stored is left as it is.</summary>
public sealed class AccountSealException : AccountException
{
    internal AccountSealException(string? accountName, AccountSealFailure reason, string message)
        : base(accountName, message) => Reason = reason;

    /// <summary>Gets the reason.</summary>
    public AccountSealFailure Reason { get; }
}
