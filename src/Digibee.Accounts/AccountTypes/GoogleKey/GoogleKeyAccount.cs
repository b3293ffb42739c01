namespace Digibee.Accounts;

/// <summary>The key of a Google service account.</summary>
public sealed record GoogleKeyAccount : Account
{
    /// <summary>Gets the key file as it is downloaded: JSON.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the scopes to ask for.</summary>
    public NameList Scopes
    {
        get => field ?? NameList.Empty;
        init;
    }

    private protected override AccountType TypeCore => AccountType.GoogleKey;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
