namespace Digibee.Accounts;

/// <summary>Sets <c>Authorization: Bearer</c> with a token of the engine, and has another one made when a server calls it invalid.</summary>
internal sealed class GoogleKeyAuthenticator(TokenEngine engine, TokenProtocol protocol) : IAccountAuthenticator<GoogleKeyAccount>
{
    public ValueTask AuthenticateAsync(AccountRequest request, GoogleKeyAccount account, CancellationToken cancellationToken)
    {
        var state = StateOf(request.Opened);
        if (engine.Find(state.LastSlot) is { } token)
        {
            request.SetAuthorization(token.Header);
            return ValueTask.CompletedTask;
        }

        return AcquireAsync(request, state, cancellationToken);
    }

    public ValueTask<AccountVerdict> ReviewAsync(HttpResponseMessage response, AccountRequest request, GoogleKeyAccount account, CancellationToken cancellationToken) =>
        new(TokenReview.ShouldRepeat(response, request, engine, StateOf(request.Opened).LastSlot) ? AccountVerdict.Repeat : AccountVerdict.Accept);

    private async ValueTask AcquireAsync(AccountRequest request, GoogleKeyState state, CancellationToken cancellationToken)
    {
        var grant = new GoogleKeyTokenGrant(request.Opened, state, protocol);
        request.SetAuthorization((await engine.GetAsync(state.Slot, grant, cancellationToken).ConfigureAwait(false)).Header);
    }

    private GoogleKeyState StateOf(OpenedAccount opened) => GoogleKeyState.Of(opened, engine);
}
