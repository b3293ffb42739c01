namespace Digibee.Accounts;

/// <summary>What signs for one scope: an HMAC key (Signature Version 4) or an elliptic-curve key (4A). Safe for concurrent use; it signs nothing after it was disposed.</summary>
internal abstract class AwsV4Signer : IDisposable
{
    /// <summary>The longest signature: that of P-256 in DER, two integers of 33 bytes with their headers.</summary>
    public const int MaxSignatureLength = 72;

    protected AwsV4Signer(AwsV4CredentialScope scope) => Scope = scope;

    public AwsV4CredentialScope Scope { get; }

    /// <summary>Gets how the header begins: the algorithm, the credential, and the name of the next part.</summary>
    public abstract ReadOnlySpan<byte> AuthorizationStart { get; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The string to sign.</param>
    /// <param name="signature">Room for <see cref="MaxSignatureLength"/> bytes.</param>
    /// <param name="length">How many were written.</param>
    /// <returns><see langword="false"/> when the key was disposed: another one must be derived.</returns>
    public abstract bool TrySign(ReadOnlySpan<byte> text, Span<byte> signature, out int length);

    public abstract void Dispose();
}
