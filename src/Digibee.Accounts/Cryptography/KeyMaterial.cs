using System.Security.Cryptography.X509Certificates;

namespace Digibee.Accounts;

/// <summary>What was found in a text or file of keys and certificates, or why it was not.</summary>
internal sealed class KeyMaterial : IDisposable
{
    private readonly List<LoadedKey> _privateKeys = [];
    private readonly List<LoadedKey> _publicKeys = [];
    private readonly List<byte[]> _certificates = [];

    /// <summary>Gets the private keys, in the order of the file.</summary>
    public IReadOnlyList<LoadedKey> PrivateKeys => _privateKeys;

    /// <summary>Gets the public keys that stand for themselves, not in a certificate.</summary>
    public IReadOnlyList<LoadedKey> PublicKeys => _publicKeys;

    /// <summary>Gets the certificates as DER, in the order of the file.</summary>
    public IReadOnlyList<byte[]> Certificates => _certificates;

    /// <summary>Gets the first problem. With one, what was found is not to be used.</summary>
    public KeyProblem Problem { get; private set; }

    /// <summary>Gets or sets whether something in it is encrypted, so that a password was needed.</summary>
    public bool IsEncrypted { get; set; }

    /// <summary>Gets or sets how many things a PKCS#12 file holds that are neither keys nor X.509 certificates: revocation lists, secrets.</summary>
    public int OtherBags { get; set; }

    /// <summary>Gets what deriving keys may still cost.</summary>
    public WorkBudget Work { get; } = new();

    public bool IsEmpty => _privateKeys.Count + _publicKeys.Count + _certificates.Count == 0;

    /// <summary>Notes a problem, unless there is one already, and gives nothing.</summary>
    public SecretBuffer? Fail(KeyProblem problem)
    {
        if (Problem == KeyProblem.None)
        {
            Problem = problem;
        }

        return null;
    }

    public void Add(LoadedKey? key)
    {
        if (key is not null)
        {
            (key.IsPrivate ? _privateKeys : _publicKeys).Add(key);
        }
    }

    /// <summary>Finds the public key that is meant: the first that stands for itself, or else the first certificate's. A certificate's issuers stand behind it.</summary>
    public LoadedKey? FindPublicKey()
    {
        if (_publicKeys.Count > 0 || _certificates.Count == 0)
        {
            return _publicKeys.Count > 0 ? _publicKeys[0] : null;
        }

        return KeyReader.ReadCertificateKey(_certificates[0], this);
    }

    /// <summary>Tells whether one of the certificates is of a key, or there are none at all.</summary>
    public bool HasCertificateOf(LoadedKey key) =>
        _certificates.Count == 0 || _certificates.Exists(certificate => KeyReader.ReadCertificateKey(certificate, this) is { } own && own.PublicKeyInfo.SequenceEqual(key.PublicKeyInfo));

    /// <summary>Gives when the first certificate ends; <see langword="null"/> without one.</summary>
    public DateTimeOffset? FirstCertificateEnd()
    {
        if (_certificates.Count == 0)
        {
            return null;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(_certificates[0]);
        return new(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
    }

    /// <summary>Gives a key to the caller, who disposes it from now on.</summary>
    public LoadedKey Take(LoadedKey key)
    {
        _privateKeys.Remove(key);
        return key;
    }

    public void AddCertificate(ReadOnlySpan<byte> der) => _certificates.Add(der.ToArray());

    public void Dispose()
    {
        foreach (var key in _privateKeys)
        {
            key.Dispose();
        }
    }
}
