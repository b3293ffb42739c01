namespace Digibee.Accounts;

/// <summary>Sends an exchange and makes tokens of the answer.</summary>
internal sealed class TokenProtocol(TokenHttpClient http, TimeProvider time)
{
    // More than any server takes in a header; and a row has its limit.
    private const int LongestToken = 65_536;

    public TimeProvider Time { get; } = time;

    /// <summary>Sends it once, and once more when the endpoint wants its nonce in the proof.</summary>
    public async Task<TokenAnswer> RequestAsync(TokenExchange exchange, CancellationToken cancellationToken)
    {
        string? nonce = null;
        while (true)
        {
            var obtainedAt = Time.GetUtcNow();
            var (reply, failure) = await SendAsync(exchange, nonce, cancellationToken).ConfigureAwait(false);
            if (reply is null)
            {
                return failure!;
            }

            using (reply)
            {
                var response = TokenResponseReader.TryRead(reply.Body.Span);
                if (response?.Error == "use_dpop_nonce" && exchange.ProofKey is not null && nonce is null && reply.Nonce is not null)
                {
                    nonce = reply.Nonce;
                    exchange.Rewrite();
                    continue;
                }

                return TokenReplyJudge.ErrorOf(exchange.Grant.AccountName, reply, response) is { } error ? error : Read(exchange, response!, obtainedAt);
            }
        }
    }

    /// <summary>Sends a form that is not for tokens, such as the start of a device flow.</summary>
    public async Task<(TokenReply? Reply, TokenError? Error)> SendAsync(TokenExchange exchange, string? nonce, CancellationToken cancellationToken)
    {
        // The message is disposed and the form is not: it may be sent once more.
        using var request = new HttpRequestMessage(HttpMethod.Post, exchange.Endpoint.Uri);
        request.Content = exchange.Form;
        request.Headers.Authorization = exchange.Authorization;
        if (exchange.ProofKey is { } key)
        {
            request.Headers.Add("DPoP", key.CreateProof("POST", exchange.Endpoint.Uri, nonce, accessToken: null, Time.GetUtcNow()));
        }

        try
        {
            return await http.SendAsync(exchange.Grant.AccountName, exchange.Endpoint, exchange.Certificate, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.Content = null;
        }
    }

    private static bool IsTooLong(Secret? token) => token?.RevealBytes().Length > LongestToken;

    private static TokenAnswer Read(TokenExchange exchange, TokenResponseReader response, DateTimeOffset obtainedAt)
    {
        var name = exchange.Grant.AccountName;
        var token = exchange.WantsIdToken ? response.IdToken : response.AccessToken;
        if (token is null || !SecretSyntax.IsHeaderValue(token.RevealBytes()) || IsTooLong(token) || IsTooLong(response.RefreshToken))
        {
            return TokenReplyJudge.NoTokens(name, "there is no token of the kind that was asked for in it that can be sent in a header, or one is longer than 64 KiB");
        }

        // Many leave the type out, and mean what almost all mean.
        var isBound = string.Equals(response.TokenType, "DPoP", StringComparison.OrdinalIgnoreCase);
        if (response.TokenType is not null && !isBound && !string.Equals(response.TokenType, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return new TokenError(TokenErrorKind.Definitive, $"The token endpoint handed out a token for account '{name}' of a type that is neither Bearer nor DPoP, so it is not sent.");
        }

        if (isBound != (exchange.ProofKey is not null))
        {
            return new TokenError(TokenErrorKind.Definitive, isBound
                ? $"The token endpoint bound the token of account '{name}' to a key that was not offered. Switch DPoP on for the account."
                : $"The token endpoint did not bind the token of account '{name}' to its key, so it is not sent. Switch DPoP off for the account if the provider does not know it.");
        }

        var refreshToken = exchange.Grant.IsRecreatable ? null : response.RefreshToken ?? exchange.RefreshToken;
        var (expiresAt, isAssumed) = TokenReplyJudge.ExpiryOf(obtainedAt, response.ExpiresIn, canRenew: exchange.Grant.IsRecreatable || refreshToken is not null);
        return new TokenSet
        {
            AccessToken = token,
            TokenType = isBound ? "DPoP" : "Bearer",
            ObtainedAt = obtainedAt,
            ExpiresAt = expiresAt,
            IsExpiryAssumed = isAssumed,
            RefreshToken = refreshToken,
            Login = exchange.Login,
            ProofKey = exchange.ProofKey?.Export(),
            Proof = exchange.Grant.Key.Proof,
        };
    }
}
