namespace Digibee.Accounts;

/// <summary>Why there is no token, in words for a person; never a secret, and never a text that the other side chose.</summary>
/// <param name="Kind">What it means for the next attempt.</param>
/// <param name="Message">A whole sentence or several.</param>
/// <param name="RetryAfter">How long the other side asked to wait.</param>
internal sealed record TokenError(TokenErrorKind Kind, string Message, TimeSpan? RetryAfter = null)
{
    /// <summary>Gets whether a person has just not agreed yet (RFC 8628, section 3.5).</summary>
    public bool IsPending { get; init; }

    // A new one for each caller: an exception keeps where it was thrown.
    public AccountException ToException(string accountName) => Kind == TokenErrorKind.Transient
        ? new AccountUnavailableException(accountName, Message)
        : new AccountAuthenticationException(accountName, Message);
}
