using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>What TLS presents for one revision of an account: the certificate with its key, and the intermediates. It has several owners: the revision, and each handler that may still connect; each disposes it once.</summary>
/// <remarks>With the last owner the certificate is disposed, and on Windows its key file deleted. On Linux the platform's TLS context keeps a reference of its own to OpenSSL's key, which cannot be disposed: OpenSSL wipes the key when the garbage collector has taken the context too.</remarks>
internal sealed class CertificateChainCredential(OpenedAccount opened, TimeProvider time) : IDisposable
{
    // Once, and the others wait: deriving an encrypted key may take a second, and a rotation meets many requests at the same time.
    private readonly Lazy<SslStreamCertificateContext> _context = new(() => CreateContext((CertificateChainAccount)opened.Account, time.GetUtcNow()));

    private OwnerCount _owners = new();

    /// <summary>Gets what TLS takes.</summary>
    /// <exception cref="AccountValidationException">The account was saved without its key, or under other rules than today's.</exception>
    public SslStreamCertificateContext Context => _context.Value;

    /// <summary>Tells whether the platform's TLS can sign with this key.</summary>
    public static bool IsUsable(CertificateChainContent content) => content.Key?.Algorithm switch
    {
        KeyAlgorithm.Rsa => content.Leaf!.PublicKey.Oid.Value == KeyOids.Rsa,
        KeyAlgorithm.Ec => content.Leaf!.PublicKey.Oid.Value == KeyOids.Ec && content.Key.IsOnNistCurve,
        _ => false,
    };

    /// <summary>Adds an owner, unless the last one has gone already.</summary>
    public bool TryOwn() => _owners.TryAdd();

    public void Dispose()
    {
        if (_owners.Remove() && _context.IsValueCreated)
        {
            _context.Value.TargetCertificate.Dispose();
        }
    }

    private static SslStreamCertificateContext CreateContext(CertificateChainAccount account, DateTimeOffset now)
    {
        using var content = CertificateChainContent.Read(account.Chain.RevealBytes(), account.Password, now);
        if (content.Key is not { } key || content.Problem != KeyProblem.None || content.IsAmbiguous || !IsUsable(content))
        {
            throw Unusable(content, account.Name);
        }

        var issuers = new X509Certificate2Collection();
        foreach (var issuer in content.Issuers)
        {
            issuers.Add(X509CertificateLoader.LoadCertificate(issuer.RawDataMemory.Span));
        }

        // Nothing else sends the intermediates; offline, so that no handshake ever waits for a download.
        return SslStreamCertificateContext.Create(WithKey(content.Leaf!, key), issuers, offline: true);
    }

    private static AccountValidationException Unusable(CertificateChainContent content, string name)
    {
        var inspection = new AccountInspection(new AccountLimits());
        CertificateChainReview.Inspect(content, inspection);
        return new(name, inspection.Problems.Count > 0 ? inspection.Problems : [new AccountProblem(
            nameof(CertificateChainAccount.Chain),
            content.HoldsKey ? "its key is of a kind that TLS on this platform cannot use. Use an RSA key, or one on a NIST curve." : "it holds no private key, so it cannot sign a connection in. Add the key.")]);
    }

    private static X509Certificate2 WithKey(X509Certificate2 leaf, LoadedKey key)
    {
        using AsymmetricAlgorithm opened = key.Algorithm == KeyAlgorithm.Ec ? key.OpenEcdsa() : key.OpenRsa();
        var withKey = opened is ECDsa ecdsa ? leaf.CopyWithPrivateKey(ecdsa) : leaf.CopyWithPrivateKey((RSA)opened);
        if (!OperatingSystem.IsWindows())
        {
            return withKey;
        }

        // SChannel takes no key that lives in this process alone (dotnet/runtime#23749). Read from PKCS#12, Windows keeps it in a key file of its own, and deletes that when the certificate is disposed.
        using (withKey)
        {
            var pkcs12 = withKey.Export(X509ContentType.Pkcs12);
            try
            {
                return X509CertificateLoader.LoadPkcs12(pkcs12, password: null);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(pkcs12);
            }
        }
    }
}
