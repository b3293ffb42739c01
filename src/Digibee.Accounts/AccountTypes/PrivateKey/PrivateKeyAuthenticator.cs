namespace Digibee.Accounts;

/// <summary>Signs a request with an HTTP message signature (RFC 9421).</summary>
internal sealed class PrivateKeyAuthenticator(TimeProvider time) : IAccountAuthenticator<PrivateKeyAccount>
{
    public bool SignsMessage => true;

    public ValueTask AuthenticateAsync(AccountRequest request, PrivateKeyAccount account, CancellationToken cancellationToken) =>
        MessageSigner.SignAsync(request, time, cancellationToken);
}
