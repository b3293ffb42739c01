namespace Digibee.Accounts;

/// <summary>A TLS client certificate with its private key and intermediates.</summary>
/// <remarks>On HTTP it is presented in the TLS handshake of connections that belong to this account alone.</remarks>
public sealed record CertificateChainAccount : Account
{
    /// <summary>Gets the certificates and the private key as PEM blocks (RFC 7468) in one text, in any order; text between the blocks is skipped.</summary>
    /// <remarks>The certificate is found by the key, and its issuers by their names, key ids and signatures; of several, one that is valid, and the latest. The key may be PKCS#8, PKCS#1 or SEC 1, encrypted or not, or in OpenSSL's traditional encryption. A save wants one certificate
    /// at least, and warns when there is no key.</remarks>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Secret Chain
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the password of the private key; <see langword="null"/>, the default, when the key is not encrypted.</summary>
    public Secret? Password { get; init; }

    /// <summary>Makes an account of a PKCS#12 file (<c>.p12</c>, <c>.pfx</c>). Its key is decrypted here, and sealed with the account.</summary>
    /// <param name="name">The account's name.</param>
    /// <param name="pkcs12">The file's bytes (RFC 7292).</param>
    /// <param name="password">The file's password; <see langword="null"/> for none.</param>
    /// <returns>The account, without origins: set them with a <c>with</c> expression.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> does not follow the grammar.</exception>
    /// <exception cref="AccountValidationException">The file cannot be read, does not open with this password, holds no private key, or its key belongs to none of its certificates.</exception>
    public static CertificateChainAccount FromPkcs12(string name, ReadOnlySpan<byte> pkcs12, Secret? password) =>
        new() { Name = AccountAddress.CheckPart(name, nameof(name)), Chain = CertificateChainPkcs12.ToPem(name, pkcs12, password) };

    private protected override AccountType TypeCore => AccountType.CertificateChain;

    private protected override void InspectCore(AccountInspection inspection)
    {
        var hasPassword = inspection.Allow(Password);
        if (!inspection.Require(Chain))
        {
            return;
        }

        // What can be said of the text as a whole comes first: the reader stops at the first block that it cannot read.
        var pem = PemContent.Of(Chain.RevealBytes());
        pem.InspectShape(inspection, nameof(Chain));
        pem.InspectPassword(inspection, hasPassword, nameof(Password));
        if (pem is { Blocks: > 0, Certificates: 0 })
        {
            inspection.Refuse(nameof(Chain), "it holds no certificate. Put the certificates first, then the private key.");
        }

        if (inspection.Problems.Count == 0)
        {
            using var content = CertificateChainContent.Read(Chain.RevealBytes(), Password, inspection.Now);
            CertificateChainReview.Inspect(content, inspection);
        }
    }
}
