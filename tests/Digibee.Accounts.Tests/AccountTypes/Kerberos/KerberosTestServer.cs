using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Digibee.Accounts;

/// <summary>Answers on one loopback port, over UDP and TCP. What it does not want to answer it leaves.</summary>
internal sealed class KerberosTestServer : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Socket _datagrams = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Func<byte[], bool, byte[]?> _answer;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="answer">Is given a request, and whether it came over TCP; gives what is written back, over TCP with the length before it.</param>
    public KerberosTestServer(Func<byte[], bool, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _datagrams.Bind(_listener.LocalEndpoint);
        _ = ReceiveAsync();
        _ = AcceptAsync();
    }

    public KerberosKdc Kdc => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public string Address => $"127.0.0.1:{Kdc.Port}";

    public static byte[] Framed(byte[] message)
    {
        var framed = new byte[4 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, message.Length);
        message.CopyTo(framed, 4);
        return framed;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _datagrams.Dispose();
        _end.Dispose();
    }

    // A request that the test cannot read gets an answer that nobody can: the test fails, and does not wait for ever.
    private byte[]? Answer(byte[] request, bool overTcp)
    {
        try
        {
            return _answer(request, overTcp);
        }
        catch (Exception)
        {
            return overTcp ? Framed([0]) : [0];
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[65_536];
        var from = new IPEndPoint(IPAddress.Any, 0);
        while (true)
        {
            var received = await _datagrams.ReceiveFromAsync(buffer, from, _end.Token);
            if (Answer(buffer[..received.ReceivedBytes], overTcp: false) is { } answer)
            {
                await _datagrams.SendToAsync(answer, received.RemoteEndPoint, _end.Token);
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);

            // On its own from the start: an answer that waits must not hold up the next client.
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        var prefix = new byte[4];
        await stream.ReadExactlyAsync(prefix, _end.Token);
        var request = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix)];
        await stream.ReadExactlyAsync(request, _end.Token);
        if (Answer(request, overTcp: true) is { } answer)
        {
            await stream.WriteAsync(answer, _end.Token);
        }
        else
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }
    }
}
