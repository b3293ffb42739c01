namespace Digibee.Accounts;

/// <summary>What an authenticator throws that is none of the library's own exceptions.</summary>
internal static class AuthenticatorFailure
{
    /// <summary>Tells it from a refusal that says what to do, and from the caller's own cancellation; an authenticator's inner time-out is a failure like any other.</summary>
    public static bool IsUnexpected(Exception exception, CancellationToken cancellationToken) =>
        exception is not AccountException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    /// <summary>Words it without the cause: what fails on a credential tends to quote it (the FormatException of a header does).</summary>
    public static AccountUnavailableException Of(AccountRequest account, string what, Exception exception) => new(
        account.AccountName,
        $"Account '{account.AccountName}' {what}: its authenticator failed with {exception.GetType().Name}, whose message is left out because it may quote the credential.",
        isTransient: false);
}
