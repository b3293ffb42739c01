namespace Digibee.Accounts;

/// <summary>The hash in a <c>Content-Digest</c> (RFC 9530, section 5).</summary>
public enum ContentDigestAlgorithm
{
    /// <summary>SHA-256: <c>sha-256</c>.</summary>
    Sha256 = 0,

    /// <summary>SHA-512: <c>sha-512</c>.</summary>
    Sha512 = 1,
}
