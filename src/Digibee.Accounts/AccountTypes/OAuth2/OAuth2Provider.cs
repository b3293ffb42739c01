namespace Digibee.Accounts;

/// <summary>An OAuth 2 provider as the program knows it: where its endpoints are and what it wants. Immutable and safe for concurrent use.</summary>
/// <remarks>It is registered by code (<c>AddOAuth2Provider</c>) and holds no secret: clients' credentials are in accounts.</remarks>
public sealed record OAuth2Provider
{
    /// <summary>Gets Google, for applications; a service account's key is a Google Key account.</summary>
    public static OAuth2Provider Google { get; } = new()
    {
        Name = "google",
        Issuer = new Uri("https://accounts.google.com"),
        AuthorizationEndpoint = new Uri("https://accounts.google.com/o/oauth2/v2/auth"),
        TokenEndpoint = new Uri("https://oauth2.googleapis.com/token"),
        DeviceAuthorizationEndpoint = new Uri("https://oauth2.googleapis.com/device/code"),
        RevocationEndpoint = new Uri("https://oauth2.googleapis.com/revoke"),
        Prompt = "consent",
        AuthorizationParameters = ["access_type=offline"],
        AssertionAudience = "https://oauth2.googleapis.com/token",
    };

    /// <summary>Gets Microsoft, for any tenant and personal accounts. It hands out refresh tokens for <c>offline_access</c> only, which is added.</summary>
    public static OAuth2Provider Microsoft { get; } = new()
    {
        Name = "microsoft",
        AuthorizationEndpoint = new Uri("https://login.microsoftonline.com/common/oauth2/v2.0/authorize"),
        TokenEndpoint = new Uri("https://login.microsoftonline.com/common/oauth2/v2.0/token"),
        DeviceAuthorizationEndpoint = new Uri("https://login.microsoftonline.com/common/oauth2/v2.0/devicecode"),
        RequiredScopes = ["offline_access"],
    };

    /// <summary>Gets Mercado Livre, in Brazil.</summary>
    public static OAuth2Provider MercadoLivre { get; } = new()
    {
        Name = "mercado-livre",
        AuthorizationEndpoint = new Uri("https://auth.mercadolivre.com.br/authorization"),
        TokenEndpoint = new Uri("https://api.mercadolibre.com/oauth/token"),
    };

    /// <summary>Gets Salesforce's production. Of a sandbox: <c>OAuth2Provider.Salesforce with { … }</c> under another name.</summary>
    public static OAuth2Provider Salesforce { get; } = new()
    {
        Name = "salesforce",
        AuthorizationEndpoint = new Uri("https://login.salesforce.com/services/oauth2/authorize"),
        TokenEndpoint = new Uri("https://login.salesforce.com/services/oauth2/token"),
        RevocationEndpoint = new Uri("https://login.salesforce.com/services/oauth2/revoke"),
        AssertionAudience = "https://login.salesforce.com",
    };

    /// <summary>Gets GitHub.</summary>
    public static OAuth2Provider GitHub { get; } = new()
    {
        Name = "github",
        Issuer = new Uri("https://github.com/login/oauth"),
        AuthorizationEndpoint = new Uri("https://github.com/login/oauth/authorize"),
        TokenEndpoint = new Uri("https://github.com/login/oauth/access_token"),
        DeviceAuthorizationEndpoint = new Uri("https://github.com/login/device/code"),
    };

    /// <summary>Gets Dropbox.</summary>
    public static OAuth2Provider Dropbox { get; } = new()
    {
        Name = "dropbox",
        AuthorizationEndpoint = new Uri("https://www.dropbox.com/oauth2/authorize"),
        TokenEndpoint = new Uri("https://api.dropboxapi.com/oauth2/token"),
        RevocationEndpoint = new Uri("https://api.dropboxapi.com/2/auth/token/revoke"),
        AuthorizationParameters = ["token_access_type=offline"],
    };

    /// <summary>Gets the name that accounts give. Case does not count.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public required string Name
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("A provider needs a name.", nameof(Name)) : value;
    }

    /// <summary>Gets the issuer (RFC 8414, section 2). Without a <see cref="TokenEndpoint"/>, all endpoints are read from its metadata, which must name exactly this issuer.</summary>
    public Uri? Issuer { get; init; }

    /// <summary>Gets where a person logs in.</summary>
    public Uri? AuthorizationEndpoint { get; init; }

    /// <summary>Gets where tokens are asked for: an https URI, or http to loopback.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>Gets where tokens are renewed; <see langword="null"/>, the default, for <see cref="TokenEndpoint"/>.</summary>
    public Uri? RefreshEndpoint { get; init; }

    /// <summary>Gets where a device flow begins (RFC 8628, section 3.1).</summary>
    public Uri? DeviceAuthorizationEndpoint { get; init; }

    /// <summary>Gets where tokens are revoked (RFC 7009).</summary>
    public Uri? RevocationEndpoint { get; init; }

    /// <summary>Gets the origins, beside the issuer's own, that endpoints in its metadata may be at. None by default.</summary>
    public AllowedOrigins EndpointOrigins
    {
        get => field ?? AllowedOrigins.None;
        init;
    }

    /// <summary>Gets the id of the client that accounts use which name none.</summary>
    public string? ClientId { get; init; }

    /// <summary>Gets <c>prompt</c> of the authorization request (OpenID Connect Core, section 3.1.2.1): <c>consent</c>, <c>login</c>, <c>none</c> or <c>select_account</c>; <see langword="null"/>, the default, for none.</summary>
    public string? Prompt { get; init; }

    /// <summary>Gets whether authorization requests go without PKCE (RFC 7636), for providers that refuse it. The default is <see langword="false"/>.</summary>
    public bool SkipsPkce { get; init; }

    /// <summary>Gets more parameters of the authorization request, <c>name=value</c> each and neither encoded.</summary>
    public NameList AuthorizationParameters
    {
        get => field ?? NameList.Empty;
        init;
    }

    /// <summary>Gets scopes that every account of this provider asks for beside its own when a person logs in.</summary>
    public NameList RequiredScopes
    {
        get => field ?? NameList.Empty;
        init;
    }

    /// <summary>Gets <c>aud</c> of assertions; <see langword="null"/>, the default, for the issuer, or the token endpoint where none is known.</summary>
    public string? AssertionAudience { get; init; }

    /// <summary>Gets where the access token stands in a request. The default is the header.</summary>
    public OAuth2TokenPlacement TokenPlacement { get; init; }

    /// <summary>Gets whether accounts may use <see cref="OAuth2Grant.Password"/>. The default is <see langword="false"/>.</summary>
    public bool AllowsPasswordGrant { get; init; }

    internal static IReadOnlyList<OAuth2Provider> BuiltIn { get; } = [Dropbox, GitHub, Google, MercadoLivre, Microsoft, Salesforce];
}
