using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A loopback server that answers NTLM's first message with a challenge, takes any answer to it, and leaves the connection signed in. It does as little as it can, for both sides.</summary>
internal sealed class NtlmLoopbackServer : IDisposable
{
    private static readonly byte[] Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
    private static readonly byte[] OkHead = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"u8.ToArray();
    private static readonly byte[] OkAndClose = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
    private static readonly byte[] Unauthorized = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    // The target information of a Windows server, with what the platform's client insists on: NetBIOS names, a clock, signing and a key exchange.
    private static readonly byte[] Challenge = Encoding.ASCII.GetBytes(
        $"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM {Convert.ToBase64String(MakeChallenge())}\r\nContent-Length: 0\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool _closes;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="closes">Whether it closes the connection after each answer that is not the handshake's.</param>
    public NtlmLoopbackServer(bool closes)
    {
        _closes = closes;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Uri => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose() => _listener.Dispose();

    private static byte[] MakeChallenge()
    {
        byte[] targetInfo = [.. Pair(2, "DOMAIN"), .. Pair(1, "SERVER"), 7, 0, 8, 0, .. BitConverter.GetBytes(DateTimeOffset.UtcNow.ToFileTime()), 0, 0, 0, 0];
        var message = new byte[56 + targetInfo.Length];
        "NTLMSSP\0"u8.CopyTo(message);
        message[8] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(16), 56);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), 0xE28A_8215);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(40), (ushort)targetInfo.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(42), (ushort)targetInfo.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(44), 56);
        message[48] = 10;
        message[55] = 15;
        targetInfo.CopyTo(message, 56);
        return message;
    }

    private static byte[] Pair(byte id, string value) => [id, 0, (byte)(2 * value.Length), 0, .. Encoding.Unicode.GetBytes(value)];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[4_096];
            var isSignedIn = false;
            while (true)
            {
                var length = 0;
                do
                {
                    var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                    if (read == 0)
                    {
                        return;
                    }

                    length += read;
                }
                while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8));

                var answer = Answer(buffer.AsSpan(0, length), ref isSignedIn);
                await socket.SendAsync(answer);
                if (answer == OkAndClose)
                {
                    return;
                }
            }
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> head, ref bool isSignedIn)
    {
        // The base64 of a first message and of a third one differ at the type.
        if (head.IndexOf("Authorization: NTLM TlRMTVNTUAAB"u8) >= 0)
        {
            return Challenge;
        }

        isSignedIn |= head.IndexOf("Authorization: NTLM TlRMTVNTUAAD"u8) >= 0;
        if (!isSignedIn)
        {
            return Unauthorized;
        }

        return head.StartsWith("HEAD"u8) ? OkHead : _closes ? OkAndClose : Ok;
    }
}
