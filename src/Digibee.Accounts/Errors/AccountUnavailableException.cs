namespace Digibee.Accounts;

/// <summary>The account could not be tried: the store, the key ring or the other side could not be reached. Nothing was sent with it, unless an authenticator failed on the answer.</summary>
public sealed class AccountUnavailableException : AccountException
{
    /// <summary>Initializes a new instance, for stores and authenticators of your own.</summary>
    /// <param name="accountName">The account's name; <see langword="null"/> when the failure is not about one.</param>
    /// <param name="message">What could not be reached and what to do; never a secret.</param>
    /// <param name="innerException">The cause, if it holds no secret.</param>
    public AccountUnavailableException(string? accountName, string message, Exception? innerException = null)
        : base(accountName, message, innerException) => IsTransient = true;

    // What no later try will change, such as a client that was set up wrongly.
    internal AccountUnavailableException(string? accountName, string message, bool isTransient, Exception? innerException = null)
        : base(accountName, message, innerException) => IsTransient = isTransient;

    /// <inheritdoc/>
    public override bool IsTransient { get; }
}
