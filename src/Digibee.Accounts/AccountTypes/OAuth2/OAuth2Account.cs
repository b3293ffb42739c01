namespace Digibee.Accounts;

/// <summary>An authorization at an OAuth 2 provider. Its tokens live beside it, so that renewing them does not change the account.</summary>
/// <remarks>Defined by RFC 6749. Accounts that it refers to are in its own realm and environment; their own allowed origins must list the token endpoint.</remarks>
public sealed record OAuth2Account : Account
{
    /// <summary>Gets the name of the provider's registration: a built-in one of <see cref="OAuth2Provider"/>, or one that the program adds.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required string Provider
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the scopes to ask for, an entry each (RFC 6749, section 3.3); empty by default. Those that the provider's registration requires are added.</summary>
    public NameList Scopes
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets how the account comes to its tokens. The default is <see cref="OAuth2Grant.AuthorizationCode"/>.</summary>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public OAuth2Grant Grant
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets how the client proves itself. The default is by its secret, if it has one.</summary>
    /// <exception cref="ArgumentException">It is none of the defined values.</exception>
    public OAuth2ClientAuthentication ClientAuthentication
    {
        get;
        init => field = FieldGuard.Defined(value);
    }

    /// <summary>Gets the client's id; <see langword="null"/>, the default, for that of the provider's registration.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? ClientId
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the client's secret; <see langword="null"/>, the default, for a client that has none.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? ClientSecret
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the name of the Private Key account that signs assertions: the client's own, and those of <see cref="OAuth2Grant.JwtBearer"/>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? KeyAccount
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets what the provider calls that key, for <c>kid</c>; <see langword="null"/>, the default, when it needs no name.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? KeyId
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the name of the Certificate Chain account that is presented wherever tokens are asked for, however the client proves itself (RFC 8705); <see langword="null"/>, the default, for none.</summary>
    /// <remarks>An API that wants the same certificate with the token is given it by its client: <c>UseAccounts("certificate", "account")</c>.</remarks>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? CertificateAccount
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the refresh token of <see cref="OAuth2Grant.RefreshToken"/>. Saving another one begins anew with it.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? RefreshToken
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the user name of <see cref="OAuth2Grant.Password"/>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? UserName
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the password of <see cref="OAuth2Grant.Password"/>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? Password
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets who issues the assertion of <see cref="OAuth2Grant.JwtBearer"/>; <see langword="null"/>, the default, for the client's id.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Issuer
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets whom the assertion of <see cref="OAuth2Grant.JwtBearer"/> speaks of; <see langword="null"/>, the default, for its issuer.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Subject
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the token that <see cref="OAuth2Grant.TokenExchange"/> hands in.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public Secret? SubjectToken
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the type of <see cref="SubjectToken"/>; <see langword="null"/>, the default, for <c>urn:ietf:params:oauth:token-type:access_token</c>.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? SubjectTokenType
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets <c>audience</c>, as RFC 8693 and many providers' client credentials have it; <see langword="null"/>, the default, for none.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? Audience
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the resources that the tokens are for, an absolute URI each (RFC 8707); empty by default.</summary>
    public NameList Resources
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets whether tokens are bound to a key of their own, so that a stolen one is of no use (DPoP, RFC 9449). The default is <see langword="false"/>.</summary>
    public bool UseDPoP { get; init; }

    /// <summary>Gets more parameters of the token request, <c>name=value</c> each and neither encoded; empty by default. They are shown: none is for a secret.</summary>
    public NameList Parameters
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.OAuth2;

    internal override IEnumerable<string> References
    {
        get
        {
            if (KeyAccount is { } key)
            {
                yield return key;
            }

            if (CertificateAccount is { } certificate)
            {
                yield return certificate;
            }
        }
    }

    private protected override void InspectCore(AccountInspection inspection) => OAuth2Inspection.Inspect(this, inspection);
}
