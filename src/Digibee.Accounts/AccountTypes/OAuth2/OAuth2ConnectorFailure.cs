namespace Digibee.Accounts;

/// <summary>Sees to it that a log-in fails with the library's own exceptions.</summary>
internal static class OAuth2ConnectorFailure
{
    /// <summary>Waits for a step of a log-in. What is none of the library's own is worded without its cause: what fails on a credential tends to quote it.</summary>
    public static async ValueTask<T> TypedAsync<T>(string accountName, Task<T> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step.ConfigureAwait(false);
        }
        catch (Exception exception) when (AuthenticatorFailure.IsUnexpected(exception, cancellationToken))
        {
            throw new AccountUnavailableException(
                accountName,
                $"The log-in of account '{accountName}' failed with {exception.GetType().Name}, whose message is left out because it may quote the credential. Begin it again.",
                isTransient: false);
        }
    }
}
