namespace Digibee.Accounts;

/// <summary>The exchange of one revision of a Google Key account: a signed assertion for a token; or a token that the key signs itself.</summary>
internal sealed class GoogleKeyTokenGrant(OpenedAccount opened, GoogleKeyState state, TokenProtocol protocol) : TokenGrant(opened, state.Slot.Key)
{
    // The longest that Google takes, for assertions and self-signed tokens alike.
    private const int LifetimeSeconds = 3_600;
    private const string JwtBearerType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public override bool IsRecreatable => true;

    // A token that costs no call is made anew sooner than read.
    public override bool IsStored => base.IsStored && state.Account.Mode != GoogleKeyMode.SelfSignedJwt;

    public override async Task<TokenAnswer> RequestAsync(TokenSet? stored, CancellationToken cancellationToken)
    {
        var account = state.Account;
        var now = protocol.Time.GetUtcNow();
        if (account.Mode == GoogleKeyMode.SelfSignedJwt)
        {
            return SelfSigned(account, now);
        }

        using var exchange = new TokenExchange(this, state.Material.Endpoint) { WantsIdToken = account.Mode == GoogleKeyMode.IdToken };
        var claims = Claims(state.Material.Endpoint.Uri.OriginalString, now);
        if (account.Mode == GoogleKeyMode.IdToken)
        {
            claims["target_audience"] = account.Audience!;
        }
        else
        {
            claims["scope"] = string.Join(' ', account.Scopes);
        }

        if (account.Subject is { } subject)
        {
            claims["sub"] = subject;
        }

        exchange.Form.Add("grant_type", JwtBearerType);
        exchange.Form.Add("assertion", state.Material.Key.Sign(claims));
        return await protocol.RequestAsync(exchange, cancellationToken).ConfigureAwait(false);
    }

    private TokenSet SelfSigned(GoogleKeyAccount account, DateTimeOffset now)
    {
        var claims = Claims(account.Audience, now);
        claims["sub"] = state.Material.ClientEmail;
        if (account.Audience is null)
        {
            claims["scope"] = string.Join(' ', account.Scopes);
        }

        return new TokenSet
        {
            AccessToken = new Secret(state.Material.Key.Sign(claims)),
            TokenType = "Bearer",
            ObtainedAt = now,
            ExpiresAt = now.AddSeconds(LifetimeSeconds),
            Proof = Key.Proof,
        };
    }

    private Dictionary<string, object> Claims(string? audience, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = state.Material.ClientEmail,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + LifetimeSeconds,
        };
        if (audience is not null)
        {
            claims["aud"] = audience;
        }

        return claims;
    }
}
