namespace Digibee.Accounts;

/// <summary>An asymmetric private key: RSA, EC, Ed25519, Ed448, X25519, X448.</summary>
public sealed record PrivateKeyAccount : Account
{
    /// <summary>Gets the key, encrypted or not: PKCS#8, PKCS#1, SEC 1 or OpenSSH's own form as a PEM block (RFC 7468), DER or PKCS#12 in base64, a JSON Web Key (RFC 7517), or armored PGP.</summary>
    /// <remarks>A save reads it. It notes the facts <c>fingerprint</c> (SHA-256 of the public half's SubjectPublicKeyInfo), <c>keyAlgorithm</c>, <c>keySize</c> in bits and <c>curve</c>; of a PGP key, which is kept as it is,
    /// only that it is one.</remarks>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the passphrase; <see langword="null"/>, the default, when the key is not encrypted.</summary>
    public Secret? Passphrase { get; init; }

    private protected override AccountType TypeCore => AccountType.PrivateKey;

    private protected override void InspectCore(AccountInspection inspection)
    {
        // Only a key that is encrypted under nothing has an empty one.
        var isEmpty = Passphrase is not null && Passphrase.RevealBytes().IsEmpty;
        var isPassphraseFine = Passphrase is null || isEmpty || inspection.Allow(Passphrase);
        if (!inspection.Require(Key) || !isPassphraseFine)
        {
            return;
        }

        using var material = KeyReader.Read(Key.RevealBytes(), Passphrase);
        if (isEmpty && !material.IsEncrypted)
        {
            inspection.Allow(Passphrase);
        }

        AccountKeyReview.InspectPrivate(material, Key.RevealBytes(), hasPassphrase: Passphrase is not null && !isEmpty, inspection);
    }
}
