namespace Digibee.Accounts;

/// <summary>A secret that is sent as the value of one header.</summary>
public sealed record CustomAuthHeaderAccount : Account
{
    /// <summary>Gets the header's name. Names that belong to the message or the connection, such as <c>Host</c> and <c>Content-Length</c>, are refused at save.</summary>
    public required string HeaderName
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the header's whole value: visible ASCII, with spaces and tabs inside.</summary>
    public required Secret HeaderValue
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    private protected override AccountType TypeCore => AccountType.CustomAuthHeader;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (inspection.Require(HeaderName))
        {
            HeaderNameSyntax.Inspect(HeaderName, inspection, nameof(HeaderName));
        }

        if (inspection.Require(HeaderValue) && !SecretSyntax.IsHeaderValue(HeaderValue.RevealBytes()))
        {
            inspection.Refuse(nameof(HeaderValue), "a header carries visible ASCII only, with spaces and tabs inside. Correct it, or encode it as the service says.");
        }
    }
}
