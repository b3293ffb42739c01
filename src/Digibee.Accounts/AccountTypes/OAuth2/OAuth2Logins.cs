using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Exchanges what a log-in brought, and keeps the tokens in place of whatever was there.</summary>
internal sealed class OAuth2Logins(TokenProtocol protocol, TokenRows rows, TokenEngine engine, AccountReader accounts)
{
    private const int SaveAttempts = 8;
    private const int LoginLength = 8;

    public async Task CompleteAsync(OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, Action<FormContent> write, CancellationToken cancellationToken)
    {
        var answer = await RequestAsync(grant, endpoints, write, cancellationToken).ConfigureAwait(false);
        if (answer.Tokens is not { } tokens)
        {
            throw answer.Error!.ToException(grant.AccountName);
        }

        await KeepAsync(grant, tokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends one request of a log-in.</summary>
    public async Task<TokenAnswer> RequestAsync(OAuth2TokenGrant grant, OAuth2EndpointSet endpoints, Action<FormContent> write, CancellationToken cancellationToken)
    {
        using var exchange = new TokenExchange(grant, endpoints.Token);
        using var proofKey = grant.Account.UseDPoP ? DPoPKey.Create() : null;
        exchange.ProofKey = proofKey;

        // Another log-in than the one before: a renewal of that one, under way now, does not replace it.
        exchange.Login = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LoginLength));
        exchange.Write(exchange =>
        {
            write(exchange.Form);
            OAuth2Exchanges.WriteCommon(exchange, grant.Account, withScopes: false);
            OAuth2ClientProof.Write(exchange, grant, endpoints, protocol.Time.GetUtcNow());
        });
        return await protocol.RequestAsync(exchange, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps the tokens of a log-in, unless the account was deleted meanwhile.</summary>
    /// <exception cref="AccountNotFoundException">It was.</exception>
    public async Task KeepAsync(OAuth2TokenGrant grant, TokenSet tokens, CancellationToken cancellationToken)
    {
        var address = grant.Opened.Address;
        if (await IsGoneAsync(address, cancellationToken).ConfigureAwait(false))
        {
            throw AccountOpener.NotFound(address);
        }

        for (var attempt = 0; attempt < SaveAttempts; attempt++)
        {
            var row = await rows.ReadHeadAsync(grant.Key, cancellationToken).ConfigureAwait(false);
            if (await rows.TrySaveAsync(grant.Key, tokens, row, cancellationToken).ConfigureAwait(false) is { } saved)
            {
                engine.Publish(grant.Key, tokens, saved.Revision);
                if (await IsGoneAsync(address, cancellationToken).ConfigureAwait(false))
                {
                    // The deletion's own purge may have come before our row.
                    await rows.PurgeAsync(address, cancellationToken).ConfigureAwait(false);
                    engine.Forget(engine.SlotOf(grant.Key));
                    throw AccountOpener.NotFound(address);
                }

                return;
            }
        }

        throw new AccountConflictException(grant.AccountName, $"The tokens of account '{grant.AccountName}' are being written by others without a pause; {SaveAttempts} attempts found another revision each time.");
    }

    private async Task<bool> IsGoneAsync(AccountAddress address, CancellationToken cancellationToken) =>
        await accounts.ReadAsync(address, cancellationToken).ConfigureAwait(false) is null or { IsDeleted: true };
}
