namespace Digibee.Accounts;

/// <summary>Checks the HTTP message signatures (RFC 9421) of answers. It puts nothing on a request.</summary>
internal sealed class PublicKeyAuthenticator(ResponseVerifier verifier) : IAccountAuthenticator<PublicKeyAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, PublicKeyAccount account, CancellationToken cancellationToken)
    {
        request.ChecksAnswers = true;
        return ValueTask.CompletedTask;
    }

    public async ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, PublicKeyAccount account, CancellationToken cancellationToken)
    {
        await verifier.DemandAsync(response, request, cancellationToken).ConfigureAwait(false);
        return AccountVerdict.Accept;
    }
}
