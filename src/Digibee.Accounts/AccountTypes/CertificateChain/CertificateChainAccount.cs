namespace Digibee.Accounts;

/// <summary>A TLS client certificate with its private key and intermediates.</summary>
public sealed record CertificateChainAccount : Account
{
    /// <summary>Gets the certificates and the private key as PEM blocks in one text; text between the blocks is skipped.</summary>
    public required Secret Chain
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the password of the private key, if it is encrypted.</summary>
    public Secret? Password { get; init; }

    private protected override AccountType TypeCore => AccountType.CertificateChain;

    private protected override void InspectCore(AccountInspection inspection)
    {
        var hasPassword = inspection.Allow(Password);
        if (!inspection.Require(Chain))
        {
            return;
        }

        // By its labels only. Whether the certificates and the key parse and belong together is judged where they are first needed: by the key readers.
        var pem = PemContent.Of(Chain.RevealBytes());
        pem.InspectShape(inspection, nameof(Chain));
        pem.InspectPassword(inspection, hasPassword, nameof(Password));
        if (pem is { Blocks: > 0, Certificates: 0 })
        {
            inspection.Refuse(nameof(Chain), "it holds no certificate. Put the certificates first, then the private key.");
        }
        else if (pem is { Certificates: > 0, PrivateKeys: 0 })
        {
            inspection.Warn(nameof(Chain), "it holds no private key, so it cannot sign a connection in.");
        }
    }
}
