using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>The steps to a token: look whether a sibling has it, take the lease, look again, exchange, save, hand out. In this order: what is exchanged before it is read again may be used up.</summary>
internal sealed class TokenAcquisition(TokenRows rows, TokenLeases leases, TimeProvider time, ILogger<TokenEngine> logger)
{
    /// <summary>The longest that one exchange may take with everything it needs.</summary>
    public static readonly TimeSpan LongestExchange = TimeSpan.FromSeconds(45);

    private const int SaveAttempts = 8;

    /// <summary>Runs the steps once.</summary>
    /// <param name="grant">How the account gets its tokens.</param>
    /// <param name="want">What is held, and what will not do.</param>
    /// <param name="cancellationToken">The end of the program.</param>
    public async Task<TokenOutcome> RunAsync(TokenGrant grant, TokenWant want, CancellationToken cancellationToken)
    {
        if (!grant.IsStored)
        {
            return await RunInMemoryAsync(grant, want.Held, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await RunStoredAsync(grant, want, cancellationToken).ConfigureAwait(false);
        }
        catch (AccountException exception) when (grant.IsRecreatable && exception is AccountUnavailableException or AccountSealException)
        {
            // Nothing is lost that could not be asked for again: these tokens live in memory until the store is back.
            logger.TokensNotKept(grant.AccountName, exception.GetType().Name);
            return await RunInMemoryAsync(grant, stored: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TokenOutcome> RunInMemoryAsync(TokenGrant grant, TokenSet? stored, CancellationToken cancellationToken)
    {
        var answer = await RequestAsync(grant, stored, cancellationToken).ConfigureAwait(false);
        return new TokenOutcome { Tokens = answer.Tokens, Error = answer.Error };
    }

    private async Task<TokenOutcome> RunStoredAsync(TokenGrant grant, TokenWant want, CancellationToken cancellationToken)
    {
        var row = await rows.ReadAsync(grant.Key, cancellationToken).ConfigureAwait(false);
        if (want.Unsaved is { } unsaved)
        {
            return await SaveAsync(grant, unsaved, row, cancellationToken).ConfigureAwait(false);
        }

        if (Usable(grant, want, row) is { } found)
        {
            return found;
        }

        TokenOutcome? siblings = null;
        var lease = await leases.AcquireAsync(
            grant.Key,
            async token => (siblings = Usable(grant, want, await rows.ReadAsync(grant.Key, token).ConfigureAwait(false))) is not null,
            cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            return siblings!;
        }

        try
        {
            // Again, now that nobody else writes: what was read before the lease may be used up.
            row = await rows.ReadAsync(grant.Key, cancellationToken).ConfigureAwait(false);
            return Usable(grant, want, row) ?? await ExchangeAsync(grant, want, row, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await leases.ReleaseAsync(lease).ConfigureAwait(false);
        }
    }

    private async Task<TokenOutcome> ExchangeAsync(TokenGrant grant, TokenWant want, TokenRow? row, CancellationToken cancellationToken)
    {
        var answer = await RequestAsync(grant, Own(grant, row), cancellationToken).ConfigureAwait(false);
        if (answer.Error?.Kind == TokenErrorKind.InvalidGrant && Own(grant, row)?.RefreshToken is { } used)
        {
            // Once: somebody who lost the lease, or a person who logged in, may have put other tokens there.
            row = await rows.ReadAsync(grant.Key, cancellationToken).ConfigureAwait(false);
            if (Usable(grant, want, row) is { } siblings)
            {
                return siblings;
            }

            if (Own(grant, row)?.RefreshToken is { } other && other != used)
            {
                answer = await RequestAsync(grant, Own(grant, row), cancellationToken).ConfigureAwait(false);
            }
        }

        return answer.Tokens is { } tokens
            ? await SaveAsync(grant, tokens, row, cancellationToken).ConfigureAwait(false)
            : new TokenOutcome { Error = answer.Error };
    }

    // Before anybody gets the access token: a refresh token that was handed out with it and lost would lock the account out.
    private async Task<TokenOutcome> SaveAsync(TokenGrant grant, TokenSet tokens, TokenRow? row, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 0; attempt < SaveAttempts; attempt++)
            {
                // A person who has logged in meanwhile knows better than a renewal that began before.
                if (Own(grant, row) is { } siblings && siblings.Login != tokens.Login)
                {
                    return new TokenOutcome { Tokens = siblings, Revision = row!.Revision };
                }

                if (await rows.TrySaveAsync(grant.Key, tokens, row, cancellationToken).ConfigureAwait(false) is { } saved)
                {
                    return new TokenOutcome { Tokens = tokens, Revision = saved.Revision };
                }

                var hadRow = row is not null;
                row = await rows.ReadAsync(grant.Key, cancellationToken).ConfigureAwait(false);
                if (hadRow && row is null)
                {
                    // Purged: the account was deleted, and one that is made anew under its name begins without these.
                    return new TokenOutcome { Error = new TokenError(TokenErrorKind.Definitive, $"Account '{grant.AccountName}' was deleted while its tokens were renewed, so they were not kept. Save it again, if it is still needed.") };
                }
            }

            return NotSaved(grant, tokens, new AccountUnavailableException(grant.AccountName, $"The tokens of account '{grant.AccountName}' are being written by others without a pause."));
        }
        catch (AccountUnavailableException exception)
        {
            return NotSaved(grant, tokens, exception);
        }
    }

    private TokenOutcome NotSaved(TokenGrant grant, TokenSet tokens, AccountUnavailableException failure)
    {
        logger.TokensNotKept(grant.AccountName, failure.GetType().Name);
        return grant.IsRecreatable ? new TokenOutcome { Tokens = tokens } : new TokenOutcome { Failure = failure, Unsaved = tokens };
    }

    private async Task<TokenAnswer> RequestAsync(TokenGrant grant, TokenSet? stored, CancellationToken cancellationToken)
    {
        using var longest = new CancellationTokenSource(LongestExchange, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        try
        {
            return await grant.RequestAsync(stored, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested)
        {
            return new TokenError(TokenErrorKind.Transient, $"The token endpoint of account '{grant.AccountName}' did not answer in time. Is it reachable?");
        }
    }

    private static TokenSet? Own(TokenGrant grant, TokenRow? row) => row?.Tokens is { } tokens && tokens.Proof == grant.Key.Proof ? tokens : null;

    // Another than the one we hold or was refused, and not too old to be sent.
    private TokenOutcome? Usable(TokenGrant grant, TokenWant want, TokenRow? row) =>
        Own(grant, row) is { } tokens
            && tokens.AccessToken != want.Rejected
            && tokens.AccessToken != want.Held?.AccessToken
            && time.GetUtcNow() < TokenZones.Of(tokens, shift: 0).BlockAt
            ? new TokenOutcome { Tokens = tokens, Revision = row!.Revision }
            : null;
}
