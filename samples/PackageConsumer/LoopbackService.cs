using System.Net;
using System.Net.Sockets;

namespace PackageConsumer;

/// <summary>A service on a loopback port that answers one request and says what credential came with it.</summary>
internal sealed class LoopbackService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);

    private LoopbackService() => _listener.Start();

    public string Origin => $"http://{_listener.LocalEndpoint}";

    public static LoopbackService Start() => new();

    public async Task<string?> ReceiveAuthorizationAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        string? authorization = null;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase))
            {
                authorization = line["Authorization: ".Length..];
            }
        }

        await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
        return authorization;
    }

    public void Dispose() => _listener.Dispose();
}
