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

    public ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        if (certificateAccount is not null)
        {
            RefuseTlsProxy(message.RequestUri!, certificateAccount);
        }

        return new(requiresHttp11 ? SendOverHttp11Async(message, async, cancellationToken) : SendUnwrappedAsync(message, async, cancellationToken));
    }

    /// <summary>Says that a send has ended.</summary>
    public void Return() => pool.Return(this);

    public void Dispose()
    {
        _invoker.Dispose();
        foreach (var needed in held)
        {
            needed.Dispose();
        }
    }

    // The platform takes one set of TLS options for the proxy and for the origin, so that it would present the certificate to both.
    private void RefuseTlsProxy(Uri uri, string accountName)
    {
        var proxy = copy.Proxy ?? HttpClient.DefaultProxy;

        // As the platform decides it: a proxy that is not for this address gives the address itself, or answers for one that it bypasses.
        if (copy.UseProxy && !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } address && address != uri && address.Scheme == Uri.UriSchemeHttps)
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
            return await SendUnwrappedAsync(message, async, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            message.Version = version;
            message.VersionPolicy = policy;
        }
    }
    private async Task<HttpResponseMessage> SendUnwrappedAsync(HttpRequestMessage message, bool async, CancellationToken cancellationToken)
    {
        try
        {
            return async ? await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false) : _invoker.Send(message, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AccountException refusal)
        {
            // The platform wraps what setting up a new connection throws.
            ExceptionDispatchInfo.Throw(refusal);
            throw;
        }
    }
}
