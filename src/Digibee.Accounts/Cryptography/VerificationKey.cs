namespace Digibee.Accounts;

/// <summary>The key with which signatures are checked: a Public Key account's, a Secret Key account's, or the public half of a Private Key account's. It hangs on the opened account, and is wiped a minute after that was evicted. Safe for concurrent use.</summary>
/// <remarks>The key decides the algorithms: a public key never checks a MAC, whatever a message says of itself.</remarks>
internal sealed class VerificationKey : IDisposable
{
    private readonly AccountKeyHolder _holder;

    private VerificationKey(OpenedAccount opened) => _holder = new(opened, AccountKeyReader.ReadVerification);

    /// <summary>Gets the algorithm that follows from the key.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public SignatureAlgorithm DefaultAlgorithm => _holder.Key.DefaultAlgorithm;

    /// <summary>Gets the bytes of its longest signature.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public int MaxSignatureLength => _holder.Key.MaxSignatureLength;

    /// <summary>Gives the key of an opened account.</summary>
    /// <exception cref="AccountTypeMismatchException">It is neither a Public Key nor a Secret Key nor a Private Key account.</exception>
    public static VerificationKey Of(OpenedAccount opened) =>
        opened.Account is PublicKeyAccount or SecretKeyAccount or PrivateKeyAccount ? opened.GetOrAddState(static opened => new VerificationKey(opened)) : throw AccountKeyRefusal.CannotVerify(opened);

    /// <summary>Tells whether it checks signatures of an algorithm.</summary>
    /// <exception cref="AccountValidationException">The account holds no key that makes signatures.</exception>
    public bool Supports(SignatureAlgorithm algorithm) => _holder.Key.Supports(algorithm);

    /// <summary>Checks a signature or a MAC, the latter in a time that depends on its length alone.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature, whole: nothing shorter is taken.</param>
    /// <param name="algorithm">How it was signed.</param>
    /// <returns>Whether it is the key's for these data.</returns>
    /// <exception cref="AccountValidationException">The key does not check signatures of this algorithm, or the account holds no key that makes signatures.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm)
    {
        var key = _holder.Key;
        if (!key.Supports(algorithm))
        {
            throw AccountKeyRefusal.Algorithm(_holder.AccountName, key, algorithm);
        }

        if (!key.TryVerify(data, signature, algorithm, out var isValid))
        {
            // Whoever asks holds a revision that is gone.
            using var again = _holder.ReadAnew();
            again.TryVerify(data, signature, algorithm, out isValid);
        }

        return isValid;
    }

    public void Dispose() => _holder.Dispose();
}
