namespace Digibee.Accounts;

/// <summary>Sends one token request with a client certificate. Disposing it ends its connection, and its hold on the certificate.</summary>
internal sealed class TokenCertificateClient(SocketsHttpHandler handler, IDisposable? credential) : IDisposable
{
    public HttpMessageInvoker Invoker { get; } = new(handler);

    public void Dispose()
    {
        Invoker.Dispose();
        credential?.Dispose();
    }
}
