namespace Digibee.Accounts;

/// <summary>Sends an API key where its account says.</summary>
internal sealed class ApiKeyAuthenticator : IAccountAuthenticator<ApiKeyAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, ApiKeyAccount account, CancellationToken cancellationToken)
    {
        var text = request.GetOrAddState(ApiKeyText.Create).Value;
        switch (account.Placement)
        {
            case ApiKeyPlacement.Query:
                request.SetEncodedQueryParameter(account.ParameterName, text);
                break;
            case ApiKeyPlacement.Header:
                request.SetHeader(account.ParameterName, text);
                break;
            default:
                request.SetCookie(account.ParameterName, text);
                break;
        }

        return ValueTask.CompletedTask;
    }
}
