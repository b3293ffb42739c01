namespace Digibee.Accounts;

/// <summary>An asymmetric public key: RSA, EC, Ed25519, Ed448, X25519, X448.</summary>
public sealed record PublicKeyAccount : Account
{
    /// <summary>Gets the key: SubjectPublicKeyInfo, PKCS#1 or a certificate as a PEM block (RFC 7468) or as base64, a JSON Web Key (RFC 7517), the line of an OpenSSH key, or armored PGP. It is hidden like a secret, because people paste secrets here too.</summary>
    /// <remarks>Of several certificates the first is meant. A save reads the key. It notes the facts <c>fingerprint</c> (SHA-256 of the SubjectPublicKeyInfo), <c>keyAlgorithm</c>, <c>keySize</c> in bits and <c>curve</c>, and a
    /// certificate's end as <see cref="AccountSummary.KnownExpiry"/>; of a PGP key, which is kept as it is, only that it is one.</remarks>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    private protected override AccountType TypeCore => AccountType.PublicKey;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (!inspection.Require(Key))
        {
            return;
        }

        using var material = KeyReader.Read(Key.RevealBytes(), password: null);
        AccountKeyReview.InspectPublic(material, Key.RevealBytes(), inspection);
    }
}
