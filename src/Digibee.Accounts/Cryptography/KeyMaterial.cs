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

    public void AddCertificate(ReadOnlySpan<byte> der) => _certificates.Add(der.ToArray());

    public void Dispose()
    {
        foreach (var key in _privateKeys)
        {
            key.Dispose();
        }
    }
}
