using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>nginx that demands a client certificate and trusts the root alone: who keeps the intermediate to itself gets 400.</summary>
[CollectionDefinition]
public sealed class NginxMtlsServer() : TestbedServer("nginx-mtls"), ICollectionFixture<NginxMtlsServer>
{
    /// <summary>Reads a file that the server's script made.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(this["DIR"], file));

    public byte[] ReadBytes(string file) => File.ReadAllBytes(Path.Combine(this["DIR"], file));

    /// <summary>Makes an account that may go to this server.</summary>
    public CertificateChainAccount Account(string name, string chain, string? password = null) => new()
    {
        Name = name,
        Chain = new Secret(chain),
        Password = password is null ? null : new Secret(password),
        AllowedOrigins = [this["TLS12_URL"].TrimEnd('/'), this["TLS13_URL"].TrimEnd('/')],
    };

    /// <summary>Makes a primary handler that trusts the testbed's root.</summary>
    public SocketsHttpHandler CreateHandler()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(this["DIR"], "root.crt")));
        return new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = policy } };
    }
}
