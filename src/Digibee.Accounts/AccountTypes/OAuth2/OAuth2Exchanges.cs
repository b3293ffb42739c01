namespace Digibee.Accounts;

/// <summary>Writes the token request of each grant.</summary>
internal sealed class OAuth2Exchanges(TokenProtocol protocol, OAuth2Endpoints endpoints)
{
    private const string JwtBearerType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private const string TokenExchangeType = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    public async Task<TokenAnswer> RequestAsync(OAuth2TokenGrant grant, TokenSet? stored, CancellationToken cancellationToken)
    {
        var account = grant.Account;
        var refreshToken = stored?.RefreshToken ?? account.RefreshToken;
        if (!grant.IsRecreatable && refreshToken is null)
        {
            return NobodyLoggedIn(grant);
        }

        if (account.Grant == OAuth2Grant.Password && !grant.Provider.AllowsPasswordGrant)
        {
            throw new AccountValidationException(grant.AccountName, [new AccountProblem(nameof(OAuth2Account.Grant), $"the password grant is off for this provider. Register the provider with {nameof(OAuth2Provider.AllowsPasswordGrant)} if there is no other way.")]);
        }

        var (found, error) = await endpoints.FindAsync(grant, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            return error!;
        }

        using var exchange = new TokenExchange(grant, grant.IsRecreatable ? found.Token : found.Refresh);
        using var proofKey = account.UseDPoP ? stored?.ProofKey is { } kept ? DPoPKey.Import(kept) : DPoPKey.Create() : null;
        exchange.ProofKey = proofKey;
        exchange.RefreshToken = refreshToken;
        exchange.Login = stored?.Login;
        exchange.Write(exchange =>
        {
            var now = protocol.Time.GetUtcNow();
            WriteGrant(exchange, grant, refreshToken, found, now);
            OAuth2ClientProof.Write(exchange, grant, found, now);
        });
        return await protocol.RequestAsync(exchange, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that a person has to log in.</summary>
    public static TokenError NobodyLoggedIn(OAuth2TokenGrant grant) => new(
        TokenErrorKind.Definitive,
        $"Account '{grant.AccountName}' has no tokens yet, or they were given up: a person has to log in. Begin it with {nameof(IOAuth2Connector)}.");

    /// <summary>Writes what the account has for every token request, whatever it exchanges.</summary>
    public static void WriteCommon(TokenExchange exchange, OAuth2Account account, bool withScopes)
    {
        if (withScopes && account.Scopes.Count > 0)
        {
            exchange.Form.Add("scope", string.Join(' ', account.Scopes));
        }

        exchange.Form.Add("audience", account.Audience);
        foreach (var resource in account.Resources)
        {
            exchange.Form.Add("resource", resource);
        }

        foreach (var parameter in account.Parameters)
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            exchange.Form.Add(parameter[..equals], parameter[(equals + 1)..]);
        }
    }

    private static void WriteGrant(TokenExchange exchange, OAuth2TokenGrant grant, Secret? refreshToken, OAuth2EndpointSet found, DateTimeOffset now)
    {
        var account = grant.Account;
        var form = exchange.Form;
        switch (account.Grant)
        {
            case OAuth2Grant.ClientCredentials:
                form.Add("grant_type", "client_credentials");
                break;
            case OAuth2Grant.Password:
                form.Add("grant_type", "password");
                form.Add("username", account.UserName);
                form.Add("password", account.Password);
                break;
            case OAuth2Grant.JwtBearer:
                form.Add("grant_type", JwtBearerType);
                form.Add("assertion", OAuth2Assertion.OfGrant(exchange, grant, found, now));
                break;
            case OAuth2Grant.TokenExchange:
                form.Add("grant_type", TokenExchangeType);
                form.Add("subject_token", account.SubjectToken);
                form.Add("subject_token_type", account.SubjectTokenType ?? AccessTokenType);
                break;
            default:
                // RFC 6749, section 6: without scopes, those of the consent. All others would be refused.
                form.Add("grant_type", "refresh_token");
                form.Add("refresh_token", refreshToken);
                WriteCommon(exchange, account, withScopes: false);
                return;
        }

        WriteCommon(exchange, account, withScopes: true);
    }
}
