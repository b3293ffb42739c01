namespace Digibee.Accounts;

/// <summary>What Private Key, Public Key and Secret Key accounts are for beside HTTP: by the account's name, so that no key reaches the caller. Safe for concurrent use.</summary>
/// <remarks>An account that is limited to projects is asked as by a request: <see cref="DigibeeAccountsOptions.Project"/> must be one of them. <see cref="Account.AllowedOrigins"/> do not apply, because nothing is sent: whoever
/// may call this may sign anything. The first use of an encrypted key derives it, which may take a second; after that it stays parsed as long as the account is cached.
/// Registered by <c>AddDigibeeAccounts</c>; without dependency injection it is <see cref="DigibeeAccounts.Cryptography"/>.</remarks>
public interface IAccountCryptography
{
    /// <summary>Signs data with a Private Key account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="data">What to sign, whole and not hashed.</param>
    /// <param name="options">Which algorithm and form; <see langword="null"/> for those that follow from the key.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is not a Private Key account.</exception>
    /// <exception cref="AccountValidationException">Its key makes no signatures, or none of this algorithm.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<byte[]> SignAsync(string name, ReadOnlyMemory<byte> data, SignatureOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Checks a signature with a Public Key account, or with the public half of a Private Key account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="data">What was signed, whole and not hashed.</param>
    /// <param name="signature">The signature; of any length and content.</param>
    /// <param name="options">How it was signed; <see langword="null"/> for what follows from the key. Never take it from what was received.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>Whether it is the key's signature of these data.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is neither a Public Key nor a Private Key account.</exception>
    /// <exception cref="AccountValidationException">Its key makes no signatures, or none of this algorithm.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<bool> VerifyAsync(string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> signature, SignatureOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Computes the message authentication code of data with a Secret Key account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="data">The data.</param>
    /// <param name="algorithm">An HMAC; <see cref="SignatureAlgorithm.HmacSha256"/> by default.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>The code. Compare one that was received by <see cref="VerifyMacAsync"/>, in fixed time.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is not a Secret Key account.</exception>
    /// <exception cref="AccountValidationException">The algorithm is no HMAC.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<byte[]> ComputeMacAsync(string name, ReadOnlyMemory<byte> data, SignatureAlgorithm algorithm = SignatureAlgorithm.HmacSha256, CancellationToken cancellationToken = default);

    /// <summary>Checks a message authentication code with a Secret Key account, in a time that does not depend on where it differs.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="data">The data.</param>
    /// <param name="mac">The code, whole: nothing shorter is taken.</param>
    /// <param name="algorithm">An HMAC; <see cref="SignatureAlgorithm.HmacSha256"/> by default.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>Whether it is the code of these data.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is not a Secret Key account.</exception>
    /// <exception cref="AccountValidationException">The algorithm is no HMAC.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<bool> VerifyMacAsync(
        string name, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> mac, SignatureAlgorithm algorithm = SignatureAlgorithm.HmacSha256, CancellationToken cancellationToken = default);

    /// <summary>Makes a key and saves it as an account: a Private Key account, or for <see cref="KeySpec.Hmac"/> a Secret Key account. The private key is sealed where it was made and never handed out.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="key">What key to make.</param>
    /// <param name="options">What else the account holds, and whether it may replace another; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>What was saved, with the key's fingerprint among its facts.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    /// <exception cref="AccountConflictException">There is such an account already, or not in the revision that was expected.</exception>
    /// <exception cref="AccountValidationException">Something is not right with the options.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached.</exception>
    ValueTask<AccountSummary> GenerateAsync(string name, KeySpec key, KeyGenerationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gives the public half of a Private Key account, or the key of a Public Key account, to hand to a partner.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="cancellationToken">Cancels the look-up of the account.</param>
    /// <returns>The public key. It holds nothing secret.</returns>
    /// <exception cref="AccountNotFoundException">No such account, or not for this project.</exception>
    /// <exception cref="AccountTypeMismatchException">It is neither a Private Key nor a Public Key account.</exception>
    /// <exception cref="AccountValidationException">Its key cannot be read.</exception>
    /// <exception cref="AccountUnavailableException">The store cannot be reached and nothing recent enough is cached.</exception>
    /// <exception cref="AccountSealException">The stored bytes do not open, or are older than a revision already seen.</exception>
    ValueTask<AccountPublicKey> GetPublicKeyAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Gives the same for another realm and environment, over the same vault.</summary>
    /// <param name="realm">The realm: a tenant.</param>
    /// <param name="environment">The environment.</param>
    /// <returns>That. Cheap: keep it or ask again.</returns>
    /// <exception cref="ArgumentException">A part does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    IAccountCryptography For(string realm, string environment);
}
