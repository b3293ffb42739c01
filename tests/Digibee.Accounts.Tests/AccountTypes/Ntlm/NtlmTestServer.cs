using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A loopback HTTP/1.1 server that keeps a connection signed in as IIS does, and that a test can make behave otherwise.</summary>
internal sealed class NtlmTestServer : IAsyncDisposable
{
    public const string Password = "p4ssw0rd-of-the-test";

    private static readonly string Challenge = Convert.ToBase64String(NtlmExample.ChallengeWithTimestamp);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    private readonly X509Certificate2? _certificate;

    private NtlmTestServer(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Uri => new($"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public NtlmAccount Account => new()
    {
        Name = "intranet",
        UserName = "user",
        Domain = "CORP",
        Password = new Secret(Password),
        AllowedOrigins = [Uri.GetLeftPart(UriPartial.Authority)],
    };

    /// <summary>Gets the heads of all requests, each with the number of its connection before it.</summary>
    public ConcurrentQueue<(int Connection, string Head)> Requests { get; } = new();

    /// <summary>Gets or sets what is answered in place of the server's own answer; <see langword="null"/> from it for that.</summary>
    public Func<NtlmTestConnection, string, string?> Answer { get; set; } = static (_, _) => null;

    /// <summary>Starts a server; over TLS if it is given a certificate.</summary>
    public static NtlmTestServer Start(X509Certificate2? certificate = null) => new(certificate);

    /// <summary>Says 401 and offers schemes.</summary>
    public static string Unauthorized(params string[] schemes) =>
        $"HTTP/1.1 401 Unauthorized\r\n{string.Concat(schemes.Select(static scheme => $"WWW-Authenticate: {scheme}\r\n"))}Content-Length: 0\r\n\r\n";

    public static string Ok(string header = "", string body = "") => $"HTTP/1.1 200 OK\r\n{header}Content-Length: {body.Length}\r\n\r\n{body}";

    /// <summary>Tells whether a request is the handshake's first, its third message, or neither.</summary>
    public static int MessageType(string head) => Token(head) is { } message ? message[8] : 0;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    public static byte[]? Token(string head)
    {
        const string Header = "\r\nAuthorization: NTLM ";
        var at = head.IndexOf(Header, StringComparison.Ordinal);
        return at < 0 ? null : Convert.FromBase64String(head[(at + Header.Length)..head.IndexOf("\r\n", at + Header.Length, StringComparison.Ordinal)]);
    }

    private static string Serve(NtlmTestConnection connection, string head)
    {
        switch (MessageType(head))
        {
            case 1:
                connection.User = null;
                return Unauthorized($"NTLM {Challenge}");
            case 3 when connection.SignIn(Token(head)!, Password):
                return Ok();
            case 0 when connection.User is not null:
                return Ok(body: head.StartsWith("HEAD ", StringComparison.Ordinal) ? "" : $"user={connection.User}");
            default:
                return Unauthorized("NTLM");
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var socket = await _listener.AcceptSocketAsync(_stopping.Token);
                _connections.Add(ServeAsync(socket, new NtlmTestConnection(number)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, NtlmTestConnection connection)
    {
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await using var tls = new SslStream(stream);
        try
        {
            if (_certificate is null)
            {
                await ServeAsync(stream, connection);
                return;
            }

            await tls.AuthenticateAsServerAsync(_certificate);
            await ServeAsync(tls, connection);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task ServeAsync(Stream stream, NtlmTestConnection connection)
    {
        while (await ReadHeadAsync(stream) is { } head)
        {
            Requests.Enqueue((connection.Number, head));
            var answer = Answer(connection, head) ?? Serve(connection, head);
            if (answer.Length == 0)
            {
                // Silence, until the other side has enough.
                await ReadHeadAsync(stream);
                return;
            }

            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stopping.Token);
            if (connection.IsToClose)
            {
                return;
            }
        }
    }

    private async Task<string?> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
