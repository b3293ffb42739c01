using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Digibee.Accounts;

/// <summary>One request to one address, and its answer.</summary>
internal static class KerberosKdcTransport
{
    private const int LargestUdpReply = 64 * 1024;

    // Tickets of users in thousands of groups reach 64 KiB; what is far beyond is no answer.
    private const int LargestTcpReply = 1024 * 1024;
    private const int PrefixLength = 4;

    /// <summary>Sends a datagram. The socket is connected, so that answers from elsewhere do not arrive.</summary>
    public static async Task<byte[]?> OverUdpAsync(IPEndPoint server, byte[] request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(LargestUdpReply);
        try
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            return buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends with the length before it, in four bytes (RFC 4120, section 7.2.2); so comes the answer. <see langword="null"/> when it is longer than any answer.</summary>
    public static async Task<byte[]?> OverTcpAsync(IPEndPoint server, byte[] request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(socket, ownsSocket: false);
        await using (stream.ConfigureAwait(false))
        {
            var framed = new byte[PrefixLength + request.Length];
            BinaryPrimitives.WriteInt32BigEndian(framed, request.Length);
            request.CopyTo(framed, PrefixLength);
            await stream.WriteAsync(framed, cancellationToken).ConfigureAwait(false);

            var prefix = new byte[PrefixLength];
            await stream.ReadExactlyAsync(prefix, cancellationToken).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadUInt32BigEndian(prefix);
            if (length > LargestTcpReply)
            {
                return null;
            }

            var reply = new byte[length];
            await stream.ReadExactlyAsync(reply, cancellationToken).ConfigureAwait(false);
            return reply;
        }
    }
}
