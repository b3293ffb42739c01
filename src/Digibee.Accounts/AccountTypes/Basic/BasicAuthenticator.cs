namespace Digibee.Accounts;

/// <summary>Sets <c>Authorization: Basic</c> (RFC 7617).</summary>
internal sealed class BasicAuthenticator : IAccountAuthenticator<BasicAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, BasicAccount account, CancellationToken cancellationToken)
    {
        // Made once for each revision: a string for each request would leave a copy for each request.
        request.SetAuthorization(request.GetOrAddState(BasicHeader.Create).Value);
        return ValueTask.CompletedTask;
    }
}
