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
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.OAuth2;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (inspection.Require(Provider) && Provider.Any(char.IsControl))
        {
            inspection.Refuse(nameof(Provider), "it holds a control character. Give the provider's name as it is registered.");
        }

        ScopeSyntax.Inspect(Scopes, inspection, nameof(Scopes));
    }
}
