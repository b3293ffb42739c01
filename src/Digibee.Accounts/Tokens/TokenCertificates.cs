namespace Digibee.Accounts;

/// <summary>Makes the clients of token requests that present a certificate (RFC 8705): one for each request. They are few, and no connection that is kept can present what was rotated away.</summary>
internal sealed class TokenCertificates(TokenHandlerFactory handlers, IAccountAuthenticator<CertificateChainAccount> authenticator)
{
    // Nothing of it says anything of certificates.
    private static readonly AccountClientOptions Options = new();

    /// <summary>Makes a client for one request.</summary>
    /// <param name="certificate">The Certificate Chain account.</param>
    /// <param name="endpoint">Where the request goes.</param>
    /// <exception cref="AccountOriginException">The account is not for that origin, or the request goes out in clear text.</exception>
    /// <exception cref="AccountUnavailableException">The request would go through a proxy that is shown the certificate too.</exception>
    /// <exception cref="AccountValidationException">The account has no key, or one that TLS cannot use.</exception>
    public TokenCertificateClient Create(OpenedAccount certificate, TokenEndpoint endpoint)
    {
        AccountReferences.DemandOrigin(certificate, endpoint.Uri);
        if (endpoint.Uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new AccountOriginException(certificate.Address.Name, $"Account '{certificate.Address.Name}' was not used: it proves itself in TLS, and the token endpoint is asked in clear text. Give the provider an https URI.");
        }

        var handler = (SocketsHttpHandler)handlers.Create(endpoint.IsFromData);
        try
        {
            if (TlsProxy.IsFor(endpoint.Uri, handler))
            {
                throw new AccountUnavailableException(
                    certificate.Address.Name,
                    $"Account '{certificate.Address.Name}' was not used: the token request would go through a proxy that speaks TLS, which would be shown the certificate too. Use a proxy with an http URI, or none for the token endpoint.",
                    isTransient: false);
            }

            var connections = (IAccountConnectionAuthenticator<CertificateChainAccount>)authenticator;
            return new(handler, connections.Configure(handler, certificate, (CertificateChainAccount)certificate.Account, target: null, Options));
        }
        catch
        {
            handler.Dispose();
            throw;
        }
    }
}
