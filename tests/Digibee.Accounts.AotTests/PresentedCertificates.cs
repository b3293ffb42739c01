using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A certificate on a connection: the key in an old encryption, which the platform does not read everywhere.</summary>
internal static class PresentedCertificates
{
    public static async Task CertificateIsPresentedAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=aot", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var accounts = DigibeeAccounts.Create(static builder => builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
        await accounts.Vault.SaveAsync(new CertificateChainAccount
        {
            Name = "mtls",
            Chain = new Secret(certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem("open sesame", new PbeParameters(PbeEncryptionAlgorithm.TripleDes3KeyPkcs12, HashAlgorithmName.SHA1, 2_048))),
            Password = new Secret("open sesame"),
            AllowedOrigins = [origin],
        });
#pragma warning disable CA5359 // The server's certificate was made a moment ago; what it is about is the client's.
        var primary = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, _) => true } };
#pragma warning restore CA5359
        using var client = new HttpClient(accounts.CreateHandler("mtls", primary));

        var answering = AnswerOneAsync(listener, certificate);
        using var answer = await client.GetAsync(origin);

        Expect.That(await answering == "CN=aot", "the certificate is presented");
    }

    private static async Task<string?> AnswerOneAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            ClientCertificateRequired = true,
#pragma warning disable CA5359 // It is looked at by its subject.
            RemoteCertificateValidationCallback = static (_, presented, _, _) => presented is not null,
#pragma warning restore CA5359
        });
        await tls.ReadExactlyAsync(new byte[4]);
        await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        return tls.RemoteCertificate?.Subject;
    }
}
