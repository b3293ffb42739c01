namespace Digibee.Accounts;

/// <summary>Signs a request with an HTTP message signature by HMAC (RFC 9421), and checks the answer's where the client asks for it.</summary>
internal sealed class SecretKeyAuthenticator(ResponseVerifier verifier, TimeProvider time) : IAccountAuthenticator<SecretKeyAccount>
{
    public bool SignsMessage => true;

    public ValueTask AuthenticateAsync(AccountRequest request, SecretKeyAccount account, CancellationToken cancellationToken)
    {
        request.ChecksAnswers = request.ClientOptions.ResponseVerification is not null;
        return MessageSigner.SignAsync(request, time, cancellationToken);
    }

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, SecretKeyAccount account, CancellationToken cancellationToken) =>
        request.ChecksAnswers ? CheckAsync(response, request, cancellationToken) : ValueTask.FromResult(AccountVerdict.Accept);

    private async ValueTask<AccountVerdict> CheckAsync(HttpResponseMessage response, AccountRequest request, CancellationToken cancellationToken)
    {
        await verifier.DemandAsync(response, request, cancellationToken).ConfigureAwait(false);
        return AccountVerdict.Accept;
    }
}
