namespace Digibee.Accounts;

/// <summary>An authenticator made of delegates, for what no account type of ours does.</summary>
internal sealed class TestAuthenticator<TAccount>(
    Func<AccountRequest, TAccount, ValueTask>? authenticate = null, Func<HttpResponseMessage, AccountRequest, ValueTask<AccountVerdict>>? review = null, bool signsMessage = false)
    : IAccountAuthenticator<TAccount>
    where TAccount : Account
{
    public bool SignsMessage => signsMessage;

    public ValueTask AuthenticateAsync(AccountRequest request, TAccount account, CancellationToken cancellationToken) => authenticate?.Invoke(request, account) ?? default;

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, TAccount account, CancellationToken cancellationToken) =>
        review?.Invoke(response, request) ?? new(AccountVerdict.Accept);
}
