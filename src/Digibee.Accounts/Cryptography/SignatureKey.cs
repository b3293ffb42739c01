namespace Digibee.Accounts;

/// <summary>A key in the form that signs and verifies. Safe for concurrent use; wiped when disposed, and then it does nothing any more.</summary>
internal abstract class SignatureKey : IDisposable
{
    /// <summary>Gets what it makes unless told otherwise.</summary>
    public abstract SignatureAlgorithm DefaultAlgorithm { get; }

    /// <summary>Gets what it is, for people: "RSA key".</summary>
    public abstract string Description { get; }

    /// <summary>Gets the bytes of its longest signature.</summary>
    public abstract int MaxSignatureLength { get; }

    /// <summary>Makes one of a key that was read, and takes it over; <see langword="null"/>, and nothing is taken over, for a key that makes no signatures.</summary>
    public static SignatureKey? TryCreate(LoadedKey key) => key.Algorithm switch
    {
        KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss => RsaSignatureKey.IsFit(key) ? new RsaSignatureKey(key) : null,
        KeyAlgorithm.Ec => EcdsaSignatureKey.TryCreate(key),
        KeyAlgorithm.Ed25519 or KeyAlgorithm.Ed448 => new EdwardsSignatureKey(key),
        _ => null,
    };

    /// <summary>Tells whether it makes and checks signatures of an algorithm.</summary>
    public abstract bool Supports(SignatureAlgorithm algorithm);

    /// <summary>Signs with an algorithm that it supports. For private and secret keys only.</summary>
    /// <param name="data">What to sign.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="destination">Room for <see cref="MaxSignatureLength"/> bytes.</param>
    /// <param name="length">The bytes written.</param>
    /// <returns><see langword="false"/> when the key was disposed.</returns>
    public abstract bool TrySign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination, out int length);

    /// <summary>Checks a signature of an algorithm that it supports, whatever its length.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="algorithm">How it was signed.</param>
    /// <param name="isValid">Whether it is the key's for these data.</param>
    /// <returns><see langword="false"/> when the key was disposed.</returns>
    public abstract bool TryVerify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, out bool isValid);

    public abstract void Dispose();

    /// <summary>Says that a caller's room does not take the signature.</summary>
    protected static ArgumentException TooShort(string parameter) => new($"It must take {nameof(MaxSignatureLength)} bytes.", parameter);
}
