namespace Digibee.Accounts;

/// <summary>What a PEM block holds.</summary>
internal enum PemForm
{
    /// <summary>Nothing of ours: a revocation list, parameters, a signed message.</summary>
    Other = 0,

    /// <summary>A certificate.</summary>
    Certificate,

    /// <summary>A certificate, and behind it what OpenSSL trusts it for.</summary>
    TrustedCertificate,

    /// <summary>PKCS#8.</summary>
    PrivateKey,

    /// <summary>PKCS#8, encrypted.</summary>
    EncryptedPrivateKey,

    /// <summary>PKCS#1.</summary>
    RsaPrivateKey,

    /// <summary>SEC 1.</summary>
    EcPrivateKey,

    /// <summary>The curve of the SEC 1 key that follows.</summary>
    EcParameters,

    /// <summary>OpenSSH's own form.</summary>
    OpenSshPrivateKey,

    /// <summary>Another private key, such as DSA's.</summary>
    UnsupportedPrivateKey,

    /// <summary>SubjectPublicKeyInfo.</summary>
    PublicKey,

    /// <summary>PKCS#1, the public part.</summary>
    RsaPublicKey,
}
