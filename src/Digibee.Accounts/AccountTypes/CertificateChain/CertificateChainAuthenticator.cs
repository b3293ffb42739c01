namespace Digibee.Accounts;

/// <summary>Presents the certificate in the TLS handshake, with its intermediates (RFC 8446, section 4.4.2; RFC 5246, section 7.4.6).</summary>
internal sealed class CertificateChainAuthenticator(TimeProvider time) : IAccountConnectionAuthenticator<CertificateChainAccount>
{
    public ConnectionPart Part => ConnectionPart.Certificate;

    public ValueTask AuthenticateAsync(AccountRequest request, CertificateChainAccount account, CancellationToken cancellationToken) =>
        request.RequestUri.Scheme == Uri.UriSchemeHttps
            ? ValueTask.CompletedTask
            : throw new AccountOriginException(account.Name, $"Account '{account.Name}' was not applied: it proves itself in TLS, and the request goes out in clear text. Send it to an https URI.");

    public IDisposable Configure(SocketsHttpHandler handler, OpenedAccount opened, CertificateChainAccount account, ConnectionTarget? target, AccountClientOptions options)
    {
        var tls = handler.SslOptions;
        if (tls.ClientCertificateContext is not null || tls.ClientCertificates is { Count: > 0 } || tls.LocalCertificateSelectionCallback is not null)
        {
            throw new AccountUnavailableException(
                account.Name,
                $"Account '{account.Name}' was not applied: the client's handler has a client certificate of its own, and a connection can present one. "
                + "Take ClientCertificates, ClientCertificateContext and LocalCertificateSelectionCallback out of its SslOptions.",
                isTransient: false);
        }

        // A session that is resumed does not present the certificate again: a server that looks at every handshake, as .NET's does, then has the leaf without its intermediates, and refuses.
        tls.AllowTlsResume = false;
        if (handler.ConnectCallback is { } connect)
        {
            handler.ConnectCallback = (context, cancellationToken) => CertificateChainConnect.ConnectAsync(connect, context, account.Name, cancellationToken);
        }

        var credential = Own(opened);
        try
        {
            tls.ClientCertificateContext = credential.Context;
            return credential;
        }
        catch
        {
            credential.Dispose();
            throw;
        }
    }

    // What was disposed has left the revision before: the next one is new.
    private CertificateChainCredential Own(OpenedAccount opened)
    {
        CertificateChainCredential credential;
        do
        {
            credential = opened.GetOrAddState(revision => new CertificateChainCredential(revision, time));
        }
        while (!credential.TryOwn());
        return credential;
    }
}
