using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Digibee.Accounts;

/// <summary>A mail server that does what the test says. Unlike the real one it can misbehave, and tells what it saw.</summary>
internal sealed class ScriptedMailServer : IAsyncDisposable
{
    /// <summary>An answer that ends the connection without a word.</summary>
    public const string HangUp = "hang up";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private int _open;

    private ScriptedMailServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Origin => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Port}");

    public X509Certificate2 Certificate { get; set; } = TestCertificate.Localhost;

    public bool IsImplicit { get; init; }

    public bool IsSilent { get; init; }

    public string Greeting { get; init; } = "220 scripted ready";

    /// <summary>Gets or sets what EHLO lists, without the mechanisms.</summary>
    public string[] Extensions { get; set; } = ["STARTTLS", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN"];

    public string Mechanisms { get; set; } = "PLAIN LOGIN XOAUTH2 OAUTHBEARER";

    /// <summary>Gets or sets what decides on a sign-in: the decoded text of the client, or null to refuse.</summary>
    public Func<string, bool> Accepts { get; set; } = static _ => true;

    /// <summary>Gets or sets an answer in place of the usual one, by connection (from 1) and command; null for the usual one. "(end of data)" is the end of a message.</summary>
    public Func<int, string, string?> Answer { get; set; } = static (_, _) => null;

    /// <summary>Gets or sets what is waited for before a message is taken.</summary>
    public Func<Task> BeforeTaking { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets what was received: connection, command.</summary>
    public ConcurrentQueue<(int Connection, string Command)> Received { get; } = new();

    /// <summary>Gets what clients proved themselves with, decoded.</summary>
    public ConcurrentQueue<string> SignIns { get; } = new();

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Gets what tells that the server is stopped.</summary>
    public CancellationToken Stopped => _stop.Token;

    public int Connections { get; private set; }

    public int MostOpen { get; private set; }

    public int Open => Volatile.Read(ref _open);

    public static ScriptedMailServer Start() => new();

    public static ScriptedMailServer Start(bool isImplicit = false, bool isSilent = false, string greeting = "220 scripted ready") => new() { IsImplicit = isImplicit, IsSilent = isSilent, Greeting = greeting };

    public SmtpAccount Account(string name = "mail") =>
        new() { Name = name, Host = "localhost", Port = Port, UserName = "mailer", Password = new Secret("mail-pw"), Tls = IsImplicit ? SmtpTls.Implicit : SmtpTls.StartTls };

    /// <summary>Waits until no connection is open.</summary>
    public async Task WaitUntilClosedAsync(int open = 0)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Open > open)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                int number;
                lock (_lock)
                {
                    number = ++Connections;
                    MostOpen = Math.Max(MostOpen, ++_open);
                }

                _sessions.TryAdd(ServeAsync(client, number), true);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        try
        {
            using var owned = client;
            Stream stream = client.GetStream();
            if (IsImplicit)
            {
                stream = await EncryptAsync(stream);
            }

            if (IsSilent)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            await WriteAsync(stream, Greeting);
            while (await ReadLineAsync(stream) is { } line)
            {
                Received.Enqueue((number, line));
                var reply = Answer(number, line) ?? await UsualAsync(stream, line);
                if (reply == HangUp)
                {
                    return;
                }

                await WriteAsync(stream, reply);
                if (line == "STARTTLS" && reply.StartsWith("220", StringComparison.Ordinal))
                {
                    stream = await EncryptAsync(stream);
                }
                else if (line == "DATA" && reply.StartsWith("354", StringComparison.Ordinal))
                {
                    var text = await ReadDataAsync(stream);
                    await BeforeTaking();
                    var end = Answer(number, "(end of data)") ?? "250 2.0.0 taken";
                    if (text is null || end == HangUp)
                    {
                        return;
                    }

                    Messages.Enqueue(text);
                    await WriteAsync(stream, end);
                }
                else if (line == "QUIT")
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or the test has ended.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<SslStream> EncryptAsync(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return encrypted;
    }

    private async Task<string> UsualAsync(Stream stream, string line)
    {
        var verb = line.Split(' ')[0];
        switch (verb)
        {
            case "EHLO":
                string[] lines = stream is SslStream ? ["scripted", .. Extensions.Where(static name => name != "STARTTLS"), $"AUTH {Mechanisms}"] : ["scripted", .. Extensions];
                return string.Join("\r\n", lines.Select((text, i) => $"250{(i + 1 < lines.Length ? '-' : ' ')}{text}"));
            case "STARTTLS":
                return "220 2.0.0 go on";
            case "AUTH":
                return await SignInAsync(stream, line);
            case "DATA":
                return "354 go on";
            case "QUIT":
                return "221 2.0.0 farewell";
            default:
                return "250 2.0.0 fine";
        }
    }

    private async Task<string> SignInAsync(Stream stream, string line)
    {
        var words = line.Split(' ');
        var said = words.Length > 2 ? Decode(words[2]) : "";
        if (words[1] == "LOGIN")
        {
            said = words.Length > 2 ? said : Decode(await AskAsync(stream, "334 VXNlcm5hbWU6"));
            said += "\0" + Decode(await AskAsync(stream, "334 UGFzc3dvcmQ6"));
        }

        SignIns.Enqueue(said);
        if (Accepts(said))
        {
            return "235 2.7.0 welcome";
        }

        if (words[1] is "XOAUTH2" or "OAUTHBEARER")
        {
            // RFC 7628, section 3.2.3: the client answers the error with nothing, or with one control character.
            await AskAsync(stream, "334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=");
        }

        // It repeats what it was sent, as some do.
        return $"535 5.7.8 refused: {line} {said.Replace('\0', ' ').Replace('\x01', ' ')}";
    }

    private static async Task<string> AskAsync(Stream stream, string question)
    {
        await WriteAsync(stream, question);
        return await ReadLineAsync(stream) ?? "";
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static async Task WriteAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"));
        await stream.FlushAsync();
    }

    private static async Task<string?> ReadDataAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await ReadLineAsync(stream) is { } line)
        {
            if (line == ".")
            {
                return text.ToString();
            }

            text.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        return null;
    }

    // One byte at a time: what follows STARTTLS must be left in the stream.
    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
