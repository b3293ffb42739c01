namespace Digibee.Accounts;

/// <summary>An asymmetric private key.</summary>
public sealed record PrivateKeyAccount : Account
{
    /// <summary>Gets the key, PEM.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the passphrase, if the key is encrypted.</summary>
    public Secret? Passphrase { get; init; }

    private protected override AccountType TypeCore => AccountType.PrivateKey;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
