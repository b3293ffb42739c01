namespace Digibee.Accounts;

/// <summary>How a signature is made or was made.</summary>
public sealed record SignatureOptions
{
    /// <summary>Gets the algorithm.</summary>
    /// <value><see langword="null"/>, the default: the one that follows from the key.</value>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public SignatureAlgorithm? Algorithm
    {
        get;
        init => field = value is { } algorithm ? FieldGuard.Defined(algorithm) : null;
    }

    /// <summary>Gets whether an ECDSA signature is in DER (RFC 3279, section 2.2.3), as OpenSSL, Java and X.509 have it, and not its two numbers side by side. Other signatures have one form.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool UsesDer { get; init; }
}
