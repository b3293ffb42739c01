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

    private protected override void InspectCore(AccountInspection inspection)
    {
        var hasName = inspection.Require(ParameterName);
        var hasKey = inspection.Require(Key);
        switch (Placement)
        {
            case ApiKeyPlacement.Query:
                // Encoded, so anything can be sent.
                break;
            case ApiKeyPlacement.Header:
                if (hasName)
                {
                    HeaderNameSyntax.Inspect(ParameterName, inspection, nameof(ParameterName));
                }

                if (hasKey && !SecretSyntax.IsHeaderValue(Key.RevealBytes()))
                {
                    inspection.Refuse(nameof(Key), "a header carries visible ASCII only, with spaces and tabs inside. Correct the key, or encode it as the service says.");
                }

                break;
            default:
                if (hasName && !HeaderSyntax.IsToken(ParameterName))
                {
                    inspection.Refuse(nameof(ParameterName), "it is not a cookie name: only letters, digits and !#$%&'*+-.^_`|~ can stand in one (RFC 6265).");
                }

                if (hasKey && !SecretSyntax.IsCookieValue(Key.RevealBytes()))
                {
                    inspection.Refuse(nameof(Key), "a cookie carries visible ASCII only, without space, quote, comma, semicolon and backslash (RFC 6265). Encode it as the service says.");
                }

                break;
        }
    }
}
