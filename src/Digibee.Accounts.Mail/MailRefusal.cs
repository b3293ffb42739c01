namespace Digibee.Accounts;

/// <summary>A sign-in that was refused, for those who come a moment later.</summary>
/// <param name="Cause">The refusal. Its message is our own.</param>
/// <param name="At">When, by the time provider's timestamp.</param>
internal sealed record MailRefusal(AccountAuthenticationException Cause, long At)
{
    // Not the same instance: each thrower writes its own stack into it.
    public void Throw(string accountName) =>
        throw new AccountAuthenticationException(accountName, $"{Cause.Message} It was not tried again: that was less than 30 seconds ago, and repeated refusals lock mailboxes.");
}
