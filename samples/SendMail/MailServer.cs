using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SendMail;

/// <summary>A mail server on loopback, just large enough for the sample: STARTTLS, AUTH PLAIN, and messages that go nowhere.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);

    private MailServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public X509Certificate2 Certificate { get; } = CreateCertificate();

    public string Password { get; set; } = "";

    public bool OffersStartTls { get; set; } = true;

    public int Messages { get; private set; }

    public int SignIns { get; private set; }

    public static MailServer Start()
    {
        var server = new MailServer();
        _ = server.AcceptAsync();
        return server;
    }

    public void Dispose()
    {
        _listener.Dispose();
        Certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The sample has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            Stream stream = client.GetStream();
            await WriteAsync(stream, "220 sample");
            while (await ReadLineAsync(stream) is { } line)
            {
                await WriteAsync(stream, AnswerTo(line, stream is SslStream));
                switch (line.Split(' ')[0])
                {
                    case "STARTTLS":
                        var encrypted = new SslStream(stream);
                        await encrypted.AuthenticateAsServerAsync(Certificate);
                        stream = encrypted;
                        break;
                    case "DATA":
                        while (await ReadLineAsync(stream) is { } text && text != ".")
                        {
                            // It is read and forgotten.
                        }

                        Messages++;
                        await WriteAsync(stream, "250 taken");
                        break;
                    case "QUIT":
                        return;
                }
            }
        }
        catch (IOException)
        {
            // The client has gone.
        }
    }

    private string AnswerTo(string line, bool isEncrypted) => line.Split(' ') switch
    {
        ["EHLO", ..] => isEncrypted ? "250-sample\r\n250 AUTH PLAIN" : OffersStartTls ? "250-sample\r\n250 STARTTLS" : "250 sample",
        ["STARTTLS"] => "220 go on",
        ["AUTH", "PLAIN", var answer] => SignIn(Encoding.UTF8.GetString(Convert.FromBase64String(answer))),
        ["DATA"] => "354 go on",
        ["QUIT"] => "221 farewell",
        _ => "250 fine",
    };

    private string SignIn(string answer)
    {
        SignIns++;
        return answer.Split('\0')[^1] == Password ? "235 welcome" : "535 5.7.8 wrong";
    }

    private static async Task WriteAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));

    private static async Task<string?> ReadLineAsync(Stream stream)
    {
        // Byte by byte: what follows STARTTLS belongs to TLS.
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
