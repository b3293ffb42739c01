namespace Digibee.Accounts;

/// <summary>An asymmetric public key.</summary>
public sealed record PublicKeyAccount : Account
{
    /// <summary>Gets the key, PEM. It is kept as a secret, because on the platform this type also carries values that are none, such as SAS tokens.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    private protected override AccountType TypeCore => AccountType.PublicKey;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
