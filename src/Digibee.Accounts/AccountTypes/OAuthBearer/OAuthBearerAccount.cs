namespace Digibee.Accounts;

/// <summary>A bearer token that does not change by itself.</summary>
/// <remarks>Sent as RFC 6750, section 2.1, says.</remarks>
public sealed record OAuthBearerAccount : Account
{
    /// <summary>Gets the token.</summary>
    public required Secret Token
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.OAuthBearer;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
