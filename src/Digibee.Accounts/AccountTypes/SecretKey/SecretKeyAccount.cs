namespace Digibee.Accounts;

/// <summary>A symmetric key.</summary>
public sealed record SecretKeyAccount : Account
{
    /// <summary>Gets the key, written as <see cref="Encoding"/> says.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets how the key is written. It is kept with the key, so that nobody has to guess.</summary>
    public SecretKeyEncoding Encoding
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    private protected override AccountType TypeCore => AccountType.SecretKey;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
