namespace Digibee.Accounts;

/// <summary>How an OAuth 2 account comes to its tokens.</summary>
public enum OAuth2Grant
{
    /// <summary>A person logs in and agrees in a browser (RFC 6749, section 4.1, with PKCE, RFC 7636); the refresh token that this brings is kept beside the account.</summary>
    AuthorizationCode = 0,

    /// <summary>The client's own credential (RFC 6749, section 4.4).</summary>
    ClientCredentials = 1,

    /// <summary>A refresh token that stands in the account (RFC 6749, section 6). When the provider hands out another, that one is kept beside the account and used from then on.</summary>
    RefreshToken = 2,

    /// <summary>A person agrees on another device (RFC 8628).</summary>
    DeviceCode = 3,

    /// <summary>A person's user name and password (RFC 6749, section 4.3). RFC 9700 says not to; a provider must be registered with <see cref="OAuth2Provider.AllowsPasswordGrant"/>.</summary>
    Password = 4,

    /// <summary>An assertion signed with a Private Key account (RFC 7523, section 2.1).</summary>
    JwtBearer = 5,

    /// <summary>Another token, exchanged for this one (RFC 8693).</summary>
    TokenExchange = 6,
}
