namespace Digibee.Accounts;

/// <summary>An API key, sent as a query parameter, a header or a cookie.</summary>
public sealed record ApiKeyAccount : Account
{
    /// <summary>Gets the name of the query parameter, header or cookie.</summary>
    public required string ParameterName
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the key.</summary>
    public required Secret Key
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets where the key goes. A query parameter is the platform's way; a header stays out of the logs of proxies and servers.</summary>
    public required ApiKeyPlacement Placement
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    private protected override AccountType TypeCore => AccountType.ApiKey;

    internal override void Inspect(AccountInspection inspection)
    {
    }
}
