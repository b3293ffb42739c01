using System.Net;
using System.Runtime.ExceptionServices;

namespace Digibee.Accounts;

/// <summary>A copy of a client's handler that belongs to one set of connection accounts, so that no connection ever serves another identity.</summary>
/// <remarks>Its mutable state is guarded by the lock of the <see cref="ConnectionPool"/>.</remarks>
internal sealed class AccountConnection(ConnectionPool pool, SocketsHttpHandler copy, bool requiresHttp11, string? certificateAccount, IReadOnlyList<IDisposable> held) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(copy, disposeHandler: true);

    /// <summary>Gets or sets how many sends are under way. An answer's body is read after its send: it finishes by itself on a handler that was disposed.</summary>
    public int Sends { get; set; }

    /// <summary>Gets or sets the end of the last send.</summary>
    public long LastUsed { get; set; }

    /// <summary>Gets or sets whether nobody can rent it any more: the last send that ends disposes it.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Throws what setting up a new connection threw, if that is why a send failed: the platform wraps it.</summary>
    /// <remarks>For whoever has a state machine already: one more would cost every request.</remarks>
    public static void ThrowIfRefused(Exception exception)
    {
        if (exception is HttpRequestException { InnerException: AccountException refusal })
        {
            ExceptionDispatchInfo.Throw(refusal);
        }
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="HttpRequestException">It failed; see <see cref="ThrowIfRefused"/>.</exception>
    public ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        if (certificateAccount is not null)
        {
            RefuseTlsProxy(message.RequestUri!, certificateAccount);
        }

        return requiresHttp11 ? new(SendOverHttp11Async(message, async, cancellationToken)) : SendOverAnyAsync(message, async, cancellationToken);
    }

    /// <summary>Says that a send has ended.</summary>
    public void Return() => pool.Return(this);

    public void Dispose()
    {
        try
        {
            _invoker.Dispose();
        }
        finally
        {
            foreach (var needed in held)
            {
                needed.Dispose();
            }
        }
    }

    private void RefuseTlsProxy(Uri uri, string accountName)
    {
        if (TlsProxy.IsFor(uri, copy))
        {
            throw new AccountUnavailableException(
                accountName,
                $"Account '{accountName}' was not applied: the request would go through a proxy that speaks TLS, which would be shown the certificate too. Reach the proxy by http, or set UseProxy to false.",
                isTransient: false);
        }
    }

    private async Task<HttpResponseMessage> SendOverHttp11Async(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        var (version, policy) = (message.Version, message.VersionPolicy);
        message.Version = HttpVersion.Version11;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        try
        {
            return await SendOverAnyAsync(message, async, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            message.Version = version;
            message.VersionPolicy = policy;
        }
    }

    private ValueTask<HttpResponseMessage> SendOverAnyAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken) =>
        async ? new(_invoker.SendAsync(message, cancellationToken)) : new(_invoker.Send(message, cancellationToken));
}
