namespace Digibee.Accounts;

/// <summary>What a key is for.</summary>
internal enum KeyAlgorithm
{
    /// <summary>RSA (RFC 8017), for any use.</summary>
    Rsa = 0,

    /// <summary>RSA for signatures with PSS only (RFC 4055).</summary>
    RsaPss,

    /// <summary>An elliptic curve with a name (RFC 5480).</summary>
    Ec,

    /// <summary>Ed25519 (RFC 8032).</summary>
    Ed25519,

    /// <summary>Ed448 (RFC 8032).</summary>
    Ed448,

    /// <summary>X25519 (RFC 7748).</summary>
    X25519,

    /// <summary>X448 (RFC 7748).</summary>
    X448,
}
