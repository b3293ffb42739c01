using System.Buffers.Text;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Assertions (RFC 7523), signed with the Private Key account: one audience, an identifier of their own, a minute of life.</summary>
internal static class OAuth2Assertion
{
    private const int LifetimeSeconds = 60;
    private const int IdentifierLength = 16;

    /// <summary>Makes the client's proof of itself (section 3).</summary>
    public static string OfClient(TokenExchange exchange, OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, DateTimeOffset now) =>
        Sign(exchange, grant, endpoints, now, grant.ClientId, grant.ClientId);

    /// <summary>Makes the grant itself (section 2.1).</summary>
    public static string OfGrant(TokenExchange exchange, OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, DateTimeOffset now)
    {
        var issuer = grant.Account.Issuer ?? grant.ClientId;
        return Sign(exchange, grant, endpoints, now, issuer, grant.Account.Subject ?? issuer);
    }

    // The issuer as audience, and nothing beside it: an assertion for several could be handed on by one of them.
    private static string Sign(TokenExchange exchange, OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, DateTimeOffset now, string issuer, string subject)
    {
        // Where it is sent, which is not always where the audience is: a device flow begins, and tokens are renewed, at endpoints of their own.
        AccountReferences.DemandOrigin(grant.KeyAccount!, exchange.Endpoint.Uri);
        using var key = AssertionKey.Of(grant.KeyAccount!, grant.Account.KeyId);
        return key.Sign(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = issuer,
            ["sub"] = subject,
            ["aud"] = grant.Provider.AssertionAudience ?? grant.Provider.Issuer?.OriginalString ?? endpoints.Token.Uri.OriginalString,
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdentifierLength)),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + LifetimeSeconds,
        });
    }
}
