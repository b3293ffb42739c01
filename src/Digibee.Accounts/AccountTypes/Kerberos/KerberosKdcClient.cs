using System.Net;
using System.Net.Sockets;

namespace Digibee.Accounts;

/// <summary>Carries one request to a realm and its answer back: over UDP first, then over TCP (RFC 4120, section 7.2), server by server. Stateless; safe for concurrent use.</summary>
internal sealed class KerberosKdcClient(TimeProvider time)
{
    // What fits into one Ethernet frame; larger requests would be lost where fragments are.
    private const int LargestDatagram = 1_400;
    private const int MostAddresses = 8;

    private static readonly TimeSpan UdpTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TcpTimeout = TimeSpan.FromSeconds(3);

    // Of the total, so that time is left for TCP where UDP gets lost, however many servers there are.
    private static readonly TimeSpan UdpTotalTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Sends a request and waits for what a server of the realm says to it, for a quarter of a minute at most.</summary>
    /// <returns>The answer, an error message or another; <see langword="null"/> when no server answered.</returns>
    public async Task<byte[]?> ExchangeAsync(KerberosRealm realm, byte[] request, CancellationToken cancellationToken)
    {
        using var limit = Limit(TotalTimeout, cancellationToken);
        return request.Length <= LargestDatagram && !realm.PrefersTcp && await OverUdpAsync(realm, request, limit.Token).ConfigureAwait(false) is { } reply
            ? reply
            : await OverTcpAsync(realm, request, limit.Token).ConfigureAwait(false);
    }

    private async Task<byte[]?> OverUdpAsync(KerberosRealm realm, byte[] request, CancellationToken cancellationToken)
    {
        using var limit = Limit(UdpTotalTimeout, cancellationToken);
        foreach (var server in realm.Servers())
        {
            if (await TryServerAsync(server, request, overTcp: false, limit.Token).ConfigureAwait(false) is not { } reply)
            {
                continue;
            }

            if (!IsTooBig(reply))
            {
                realm.Answered(server, overTcp: false);
                return reply;
            }

            // It has more to say than a datagram holds; the next request may be smaller again.
            if (await TryServerAsync(server, request, overTcp: true, cancellationToken).ConfigureAwait(false) is { } whole)
            {
                return whole;
            }
        }

        return null;
    }

    private async Task<byte[]?> OverTcpAsync(KerberosRealm realm, byte[] request, CancellationToken cancellationToken)
    {
        foreach (var server in realm.Servers())
        {
            if (await TryServerAsync(server, request, overTcp: true, cancellationToken).ConfigureAwait(false) is { } reply)
            {
                realm.Answered(server, overTcp: request.Length <= LargestDatagram);
                return reply;
            }
        }

        return null;
    }

    private async Task<byte[]?> TryServerAsync(KerberosKdc server, byte[] request, bool overTcp, CancellationToken cancellationToken)
    {
        foreach (var address in await AddressesOfAsync(server.Host, cancellationToken).ConfigureAwait(false))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            using var limit = Limit(overTcp ? TcpTimeout : UdpTimeout, cancellationToken);
            try
            {
                var endpoint = new IPEndPoint(address, server.Port);
                var reply = overTcp
                    ? await KerberosKdcTransport.OverTcpAsync(endpoint, request, limit.Token).ConfigureAwait(false)
                    : await KerberosKdcTransport.OverUdpAsync(endpoint, request, limit.Token).ConfigureAwait(false);
                if (reply is not null && !IsUnavailable(reply))
                {
                    return reply;
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or IOException)
            {
                // The next address or server; the caller says that none answered.
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var address))
        {
            return [address];
        }

        using var limit = Limit(TcpTimeout, cancellationToken);
        try
        {
            // The platform may not end a look-up of a name when it is cancelled; the wait for it ends.
            var addresses = await Dns.GetHostAddressesAsync(host, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            return addresses.Length <= MostAddresses ? addresses : addresses[..MostAddresses];
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ArgumentException)
        {
            return [];
        }
    }

    private KerberosTimeLimit Limit(TimeSpan timeout, CancellationToken cancellationToken) => new(time, timeout, cancellationToken);

    private static bool IsTooBig(byte[] reply) => CodeOf(reply) == KerberosErrorCode.ResponseTooBig;

    private static bool IsUnavailable(byte[] reply) => CodeOf(reply) == KerberosErrorCode.ServiceUnavailable;

    private static KerberosErrorCode CodeOf(byte[] reply)
    {
        try
        {
            return KerberosError.Is(reply) ? KerberosError.Read(reply).Code : KerberosErrorCode.None;
        }
        catch (System.Formats.Asn1.AsnContentException)
        {
            return KerberosErrorCode.None;
        }
    }
}
