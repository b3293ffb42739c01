using System.Net;
using System.Net.Sockets;

namespace Digibee.Accounts;

/// <summary>Two ends of a loopback connection.</summary>
internal static class NtlmTestPair
{
    public static async Task<(NetworkStream Server, NetworkStream Client)> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var accepting = listener.AcceptSocketAsync();
        await client.ConnectAsync(listener.LocalEndpoint);
        var server = await accepting;
        server.NoDelay = true;
        return (new NetworkStream(server, ownsSocket: true), new NetworkStream(client, ownsSocket: true));
    }
}
