namespace Digibee.Accounts;

/// <summary>An authorization at an OAuth 2 provider. Its tokens live beside it, so that renewing them does not change the account.</summary>
/// <remarks>Defined by RFC 6749.</remarks>
public sealed record OAuth2Account : Account
{
    /// <summary>Gets the name of the provider's registration.</summary>
    public required string Provider
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the scopes to ask for.</summary>
    public NameList Scopes
    {
        get => field ?? NameList.Empty;
        init;
    }

    private protected override AccountType TypeCore => AccountType.OAuth2;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
