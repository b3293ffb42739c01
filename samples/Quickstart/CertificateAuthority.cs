using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Quickstart;

/// <summary>A root, an intermediate below it, and below that the client's certificate; beside them the server's. Made for the run.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public CertificateAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var clientKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        _root = Request("CN=Quickstart root", rootKey, isAuthority: true).CreateSelfSigned(Start, End);
        using var intermediate = Request("CN=Quickstart intermediate", intermediateKey, isAuthority: true).Create(_root, Start, End, [1]).CopyWithPrivateKey(intermediateKey);
        using var client = Request("CN=crm-client", clientKey, isAuthority: false).Create(intermediate, Start, End, [2]);
        Server = Request("CN=localhost", serverKey, isAuthority: false).CreateSelfSigned(Start, End);

        var key = clientKey.ExportPkcs8PrivateKeyPem();
        ClientPem = $"{client.ExportCertificatePem()}\n{intermediate.ExportCertificatePem()}\n{key}\n";
        ClientKeyLine = key.Split('\n')[1];
    }

    /// <summary>Gets what the account holds: the certificate, its issuer, and the key.</summary>
    public string ClientPem { get; }

    /// <summary>Gets a line of the private key, to look for.</summary>
    public string ClientKeyLine { get; }

    public X509Certificate2 Server { get; }

    private static DateTimeOffset Start => DateTimeOffset.UtcNow.AddHours(-1);

    private static DateTimeOffset End => DateTimeOffset.UtcNow.AddHours(1);

    /// <summary>Checks a client as a server does that has the root and nothing else: without the intermediate on the wire there is no way to it.</summary>
    public bool Trusts(X509Certificate2 certificate, X509Certificate2Collection sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate) && certificate.Subject == "CN=crm-client";
    }

    public void Dispose()
    {
        _root.Dispose();
        Server.Dispose();
    }

    private static CertificateRequest Request(string subject, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
