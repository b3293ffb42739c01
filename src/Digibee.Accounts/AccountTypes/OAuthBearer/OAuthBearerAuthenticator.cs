namespace Digibee.Accounts;

/// <summary>Sets <c>Authorization: Bearer</c> (RFC 6750, section 2.1).</summary>
internal sealed class OAuthBearerAuthenticator : IAccountAuthenticator<OAuthBearerAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, OAuthBearerAccount account, CancellationToken cancellationToken)
    {
        request.SetAuthorization(request.GetOrAddState(OAuthBearerHeader.Create).Value);
        return ValueTask.CompletedTask;
    }
}
