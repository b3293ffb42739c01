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

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
