namespace Digibee.Accounts;

/// <summary>Which tokens are an account's: what decides its grant, and nothing else of it.</summary>
internal static class OAuth2Identity
{
    public static TokenKey KeyOf(OpenedAccount opened, OAuth2Account account, OAuth2Provider provider)
    {
        // A person's consent outlives the way in which the client proves itself.
        var provesClient = IsRecreatable(account.Grant);
        var fingerprint = TokenFingerprint.Of(
            "oauth-2",
            account.Grant.ToString(),
            provider.Name.ToLowerInvariant(),
            provider.Issuer?.OriginalString,
            provider.TokenEndpoint?.OriginalString,
            account.ClientId ?? provider.ClientId,
            account.Issuer,
            account.Subject,
            account.UserName,
            account.SubjectTokenType,
            account.Audience,
            account.UseDPoP ? "dpop" : null,
            provesClient ? account.KeyAccount : null,
            provesClient ? account.KeyId : null,
            provesClient ? account.CertificateAccount : null,
            TokenFingerprint.Of([.. account.Scopes]),
            TokenFingerprint.Of([.. account.Resources]),
            TokenFingerprint.Of([.. account.Parameters]));
        return new TokenKey(opened.Scope, opened.Address, fingerprint, ProofOf(account));
    }

    /// <summary>Tells whether the account alone brings tokens.</summary>
    public static bool IsRecreatable(OAuth2Grant grant) => grant is OAuth2Grant.ClientCredentials or OAuth2Grant.Password or OAuth2Grant.JwtBearer or OAuth2Grant.TokenExchange;

    // Without the client's secret where a person's consent outlives it.
    private static Secret ProofOf(OAuth2Account account) => account.Grant switch
    {
        OAuth2Grant.ClientCredentials or OAuth2Grant.JwtBearer => TokenFingerprint.Prove(account.ClientSecret),
        OAuth2Grant.Password => TokenFingerprint.Prove(account.ClientSecret, account.Password),
        OAuth2Grant.TokenExchange => TokenFingerprint.Prove(account.ClientSecret, account.SubjectToken),
        OAuth2Grant.RefreshToken => TokenFingerprint.Prove(account.RefreshToken),
        _ => TokenFingerprint.Prove(),
    };
}
