using System.Text;

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

    private static ReadOnlySpan<byte> Scheme => "Bearer "u8;

    private protected override AccountType TypeCore => AccountType.OAuthBearer;

    private protected override void InspectCore(AccountInspection inspection)
    {
        if (!inspection.Require(Token))
        {
            return;
        }

        var token = Token.RevealBytes();
        if (!SecretSyntax.IsHeaderValue(token))
        {
            inspection.Refuse(nameof(Token), "a header carries visible ASCII only, with spaces and tabs inside. Copy the token again.");
        }
        else if (token.Length > Scheme.Length && Ascii.EqualsIgnoreCase(token[..Scheme.Length], Scheme))
        {
            inspection.Refuse(nameof(Token), "it begins with the scheme's name, which is added when it is sent. Give the token alone.");
        }
        else if (!SecretSyntax.IsBearerToken(token))
        {
            inspection.Warn(nameof(Token), "it holds characters that bearer tokens are not made of (RFC 6750, section 2.1). It is sent as it is.");
        }

        inspection.KnownExpiry = OAuthBearerExpiry.Of(token);
    }
}
