namespace Digibee.Accounts;

/// <summary>Sets <c>Authorization: Bearer</c> or <c>DPoP</c> (RFC 6750, RFC 9449) with a token of the engine, and has another one made when a server calls it invalid.</summary>
internal sealed class OAuth2Authenticator(TokenEngine engine, OAuth2Grants grants, TimeProvider time) : IAccountAuthenticator<OAuth2Account>
{
    private const string QueryParameter = "access_token";
    private const string NonceHeader = "DPoP-Nonce";

    // A DPoP proof is of the method and URI as they are sent.
    public bool SignsMessage => true;

    public ValueTask AuthenticateAsync(AccountRequest request, OAuth2Account account, CancellationToken cancellationToken)
    {
        var state = grants.StateOf(request.Opened);
        if (engine.Find(state.LastSlot) is { } token)
        {
            Put(request, state, token);
            return ValueTask.CompletedTask;
        }

        return AcquireAsync(request, state, cancellationToken);
    }

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, OAuth2Account account, CancellationToken cancellationToken)
    {
        var state = grants.StateOf(request.Opened);
        return new(WantsNonce(response, request, state) || TokenReview.ShouldRepeat(response, request, engine, state.LastSlot) ? AccountVerdict.Repeat : AccountVerdict.Accept);
    }

    private async ValueTask AcquireAsync(AccountRequest request, OAuth2State state, CancellationToken cancellationToken)
    {
        var grant = await grants.CreateAsync(request.Opened, state, cancellationToken).ConfigureAwait(false);
        Put(request, state, await engine.GetAsync(state.Slot, grant, cancellationToken).ConfigureAwait(false));
    }

    private void Put(AccountRequest request, OAuth2State state, CachedToken token)
    {
        if (state.IsPlainBearer)
        {
            request.SetAuthorization(token.Header);
        }
        else if (token.Tokens.ProofKey is null)
        {
            request.SetQueryParameter(QueryParameter, token.Header.Parameter!);
        }
        else
        {
            request.SetAuthorization(token.Header);
            request.SetHeader("DPoP", token.DPoPKey.CreateProof(request.Method.Method, request.RequestUri, state.Nonces.Get(request.RequestUri), token.Tokens.AccessToken, time.GetUtcNow()));
        }
    }

    // RFC 9449, section 9. Whatever else it is, the nonce is taken for the next proof.
    private static bool WantsNonce(HttpResponseMessage response, AccountRequest request, OAuth2State state)
    {
        if (state.IsPlainBearer || !response.Headers.NonValidated.TryGetValues(NonceHeader, out var nonces) || nonces.Count != 1)
        {
            return false;
        }

        state.Nonces.Set(request.RequestUri, nonces.ToString());
        return TokenChallenge.WantsNonce(response);
    }
}
