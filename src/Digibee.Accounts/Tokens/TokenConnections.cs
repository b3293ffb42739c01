using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Connects token requests, after a look at the addresses that the name leads to: at the moment of connecting, when nobody can change them any more.</summary>
internal sealed class TokenConnections(IOptions<DigibeeAccountsOptions> options)
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly TokenProxy Proxy = new();

    private readonly HashSet<string> _privateHosts = new(options.Value.PrivateTokenHosts, StringComparer.OrdinalIgnoreCase);

    public SocketsHttpHandler CreateHandler(bool isFromData) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        Proxy = Proxy,
        ConnectTimeout = ConnectTime,
        PooledConnectionLifetime = ConnectionLifetime,

        // The caller's trace is no business of the identity provider.
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context, isFromData, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, bool isFromData, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(target.Host, target.AddressFamily, cancellationToken).ConfigureAwait(false);
        if (!LeadsToProxy(context))
        {
            addresses = Array.FindAll(addresses, address => IsAllowed(address, target.Host, isFromData));
        }

        if (addresses.Length == 0)
        {
            throw new AccountOriginException(
                accountName: "",
                $"Its name leads to a private or link-local address. A private one is for endpoints that the program registers; name the host in {nameof(DigibeeAccountsOptions)}.{nameof(DigibeeAccountsOptions.PrivateTokenHosts)} if it should be reached.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address, string host, bool isFromData) =>
        !AddressRules.IsNever(address) && (!isFromData || !AddressRules.IsPrivate(address) || _privateHosts.Contains(host));

    // A proxy resolves the name itself: the address seen here is its own. The platform asks for a tunnel by a message of its own, and nobody else sends that method here. Without a tunnel, as for SOCKS, known by the
    // platform's settings, and not by a host that differs: one address is written in many ways.
    private static bool LeadsToProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.Method == HttpMethod.Connect || IsProxied(context);

    private static bool IsProxied(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.RequestUri is { } uri
        && Proxy.GetProxy(uri) is { } proxy
        && string.Equals(proxy.IdnHost, context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase)
        && proxy.Port == context.DnsEndPoint.Port;
}
