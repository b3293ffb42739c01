namespace Digibee.Accounts;

/// <summary>The other side, asked to accept the account, refused it: an identity provider, a mail server, a connection's sign-in. Trying again with the same account will not help.</summary>
public sealed class AccountAuthenticationException : AccountException
{
    /// <summary>Initializes a new instance, for authenticators of your own.</summary>
    /// <param name="accountName">The account's name.</param>
    /// <param name="message">What was refused, by whom, and what to do; never a secret.</param>
    /// <param name="innerException">The cause, if it holds no secret.</param>
    public AccountAuthenticationException(string? accountName, string message, Exception? innerException = null)
        : base(accountName, message, innerException)
    {
    }
}
