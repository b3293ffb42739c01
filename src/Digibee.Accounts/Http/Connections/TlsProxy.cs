namespace Digibee.Accounts;

/// <summary>A proxy that speaks TLS with the client. The platform takes one set of TLS options for it and for the origin, so that it would be shown the client's certificate too.</summary>
internal static class TlsProxy
{
    /// <summary>Tells whether a handler sends what goes to a URI through one.</summary>
    public static bool IsFor(Uri uri, SocketsHttpHandler handler)
    {
        if (!handler.UseProxy)
        {
            return false;
        }

        // As the platform decides it: a proxy that is not for this address gives the address itself, or answers for one that it bypasses.
        var proxy = handler.Proxy ?? HttpClient.DefaultProxy;
        return !proxy.IsBypassed(uri) && proxy.GetProxy(uri) is { } address && address != uri && address.Scheme == Uri.UriSchemeHttps;
    }
}
