namespace Digibee.Accounts;

/// <summary>The one cast from <see cref="Account"/> to the authenticator's type. No reflection, for native AOT.</summary>
internal sealed class AccountTypeHandler<TAccount>(IAccountAuthenticator<TAccount> authenticator) : AccountTypeHandler
    where TAccount : Account
{
    public override Type AccountClrType => typeof(TAccount);

    public override bool SignsMessage => authenticator.SignsMessage;

    public override ValueTask AuthenticateAsync(AccountRequest request, CancellationToken cancellationToken) =>
        authenticator.AuthenticateAsync(request, (TAccount)request.Opened.Account, cancellationToken);

    public override ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken) =>
        authenticator.ReviewAsync(response, request, (TAccount)request.Opened.Account, cancellationToken);
}
