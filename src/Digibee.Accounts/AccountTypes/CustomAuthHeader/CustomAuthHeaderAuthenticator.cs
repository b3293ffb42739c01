namespace Digibee.Accounts;

/// <summary>Sets the one header that the account names.</summary>
internal sealed class CustomAuthHeaderAuthenticator : IAccountAuthenticator<CustomAuthHeaderAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, CustomAuthHeaderAccount account, CancellationToken cancellationToken)
    {
        request.SetHeader(account.HeaderName, request.GetOrAddState(CustomAuthHeaderText.Create).Value);
        return ValueTask.CompletedTask;
    }
}
