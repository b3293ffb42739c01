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
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Sends a request and waits for what a server of the realm says to it.</summary>
    /// <returns>The answer, an error message or another; <see langword="null"/> when no server answered.</returns>
    public async Task<byte[]?> ExchangeAsync(KerberosRealm realm, byte[] request)
    {
        using var limit = new CancellationTokenSource(TotalTimeout, time);
        if (request.Length <= LargestDatagram && !realm.PrefersTcp)
        {
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
                if (await TryServerAsync(server, request, overTcp: true, limit.Token).ConfigureAwait(false) is { } whole)
                {
                    return whole;
                }
            }
        }

        foreach (var server in realm.Servers())
        {
            if (await TryServerAsync(server, request, overTcp: true, limit.Token).ConfigureAwait(false) is { } reply)
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
            using var limit = new CancellationTokenSource(overTcp ? TcpTimeout : UdpTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                var endpoint = new IPEndPoint(address, server.Port);
                var reply = overTcp
                    ? await KerberosKdcTransport.OverTcpAsync(endpoint, request, either.Token).ConfigureAwait(false)
                    : await KerberosKdcTransport.OverUdpAsync(endpoint, request, either.Token).ConfigureAwait(false);
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

        using var limit = new CancellationTokenSource(TcpTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, either.Token).ConfigureAwait(false);
            return addresses.Length <= MostAddresses ? addresses : addresses[..MostAddresses];
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ArgumentException)
        {
            return [];
        }
    }

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
