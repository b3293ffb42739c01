namespace Digibee.Accounts;

/// <summary>The key with which one revision of a Private Key or Secret Key account signs. It hangs on the opened account, and is wiped a minute after that was evicted. Safe for concurrent use.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly AccountKeyHolder _holder;

    private SigningKey(OpenedAccount opened) => _holder = new(opened, AccountKeyReader.ReadSigning);

    /// <summary>Gets the algorithm that follows from the key.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public SignatureAlgorithm DefaultAlgorithm => _holder.Key.DefaultAlgorithm;

    /// <summary>Gets the bytes of its longest signature: of RSA its size, of all others at most 132.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public int MaxSignatureLength => _holder.Key.MaxSignatureLength;

    /// <summary>Gives the key of an opened account.</summary>
    /// <exception cref="AccountTypeMismatchException">It is neither a Private Key nor a Secret Key account.</exception>
    public static SigningKey Of(OpenedAccount opened) =>
        opened.Account is PrivateKeyAccount or SecretKeyAccount ? opened.GetOrAddState(static opened => new SigningKey(opened)) : throw AccountKeyRefusal.CannotSign(opened);

    /// <summary>Tells whether it signs with an algorithm.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public bool Supports(SignatureAlgorithm algorithm) => _holder.Key.Supports(algorithm);

    /// <summary>Signs.</summary>
    /// <param name="data">What to sign.</param>
    /// <param name="algorithm">How.</param>
    /// <param name="destination">Room for <see cref="MaxSignatureLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="AccountValidationException">The key does not sign with this algorithm, or the account holds no key that makes signatures.</exception>
    public int Sign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination)
    {
        var key = _holder.Key;
        if (!key.Supports(algorithm))
        {
            throw AccountKeyRefusal.Algorithm(_holder.AccountName, key, algorithm);
        }

        if (!key.TrySign(data, algorithm, destination, out var length))
        {
            // Whoever asks holds a revision that is gone.
            using var again = _holder.ReadAnew();
            again.TrySign(data, algorithm, destination, out length);
        }

        return length;
    }

    public void Dispose() => _holder.Dispose();
}
