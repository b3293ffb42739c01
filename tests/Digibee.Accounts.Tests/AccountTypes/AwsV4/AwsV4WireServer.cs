using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A server that reads HTTP/1.1 from its sockets byte by byte, so that no server's own reading stands between a test and what was sent.</summary>
internal sealed class AwsV4WireServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _failures;

    /// <param name="failures">How many requests are answered with 503 first.</param>
    public AwsV4WireServer(int failures)
    {
        _failures = failures;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = new BufferedStream(client.GetStream());
            try
            {
                while (await ReadAsync(stream) is { } request)
                {
                    _requests.Enqueue(request);
                    var status = _failures-- > 0 ? "503 Unavailable" : "200 OK";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
                    await stream.FlushAsync();
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task<RecordedRequest?> ReadAsync(Stream stream)
    {
        if (await LineAsync(stream) is not { Length: > 0 } first)
        {
            return null;
        }

        var start = first.Split(' ');
        start.Should().HaveCount(3).And.HaveElementAt(2, "HTTP/1.1");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
        {
            // Several lines of one name are one value, each trimmed.
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
            headers[name] = headers.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        }

        var body = headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync(stream)
            : await BytesAsync(stream, headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0);
        return new("http", headers["Host"], start[0], start[1], headers, Encoding.UTF8.GetString(body)) { BodyBytes = body };
    }

    private async Task<byte[]> ChunksAsync(Stream stream)
    {
        var body = new List<byte>();
        while (true)
        {
            var size = int.Parse((await LineAsync(stream))!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            body.AddRange(await BytesAsync(stream, size));
            (await LineAsync(stream)).Should().BeEmpty();
            if (size == 0)
            {
                return [.. body];
            }
        }
    }

    private async Task<byte[]> BytesAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stopping.Token);
        return bytes;
    }

    // As Latin-1: one character for each byte.
    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stopping.Token) == 1)
        {
            line.Append((char)one[0]);
            if (line.Length > 1 && line[^1] == '\n' && line[^2] == '\r')
            {
                return line.ToString(0, line.Length - 2);
            }
        }

        return null;
    }
}
