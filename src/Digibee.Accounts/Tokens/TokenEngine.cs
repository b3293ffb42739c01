using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Gives requests their tokens: the current one at once, the next one by one acquisition for all who wait. Safe for concurrent use.</summary>
internal sealed class TokenEngine(TokenSlots slots, TokenAcquisition acquisition, TimeProvider time, TokenMetrics metrics, ILogger<TokenEngine> logger) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Finds the slot of a grant.</summary>
    public TokenSlot SlotOf(TokenKey key) => slots.Get(key);

    /// <summary>Lets go a slot that nobody will ask for again.</summary>
    public void Forget(TokenSlot slot) => slots.Remove(slot);

    /// <summary>Gives the token while it is fresh; <see langword="null"/> when there is something to do. No wait, no allocation.</summary>
    public CachedToken? Find(TokenSlot slot)
    {
        if (slot.Current is not { } token || !token.IsFresh(time.GetUtcNow()))
        {
            return null;
        }

        if (!slot.WasUsed)
        {
            slot.WasUsed = true;
        }

        return token;
    }

    /// <summary>Gives a token that is good enough to be sent, and sees to the next one.</summary>
    /// <exception cref="AccountAuthenticationException">The token endpoint refused the account, or a person has to log in.</exception>
    /// <exception cref="AccountUnavailableException">There is no token at the moment.</exception>
    public async ValueTask<CachedToken> GetAsync(TokenSlot slot, TokenGrant grant, CancellationToken cancellationToken)
    {
        slot.WasUsed = true;
        while (true)
        {
            TokenFlight flight;
            lock (slot.Lock)
            {
                var now = time.GetUtcNow();
                if (slot.Current is { } current && current.IsGood(now))
                {
                    RenewWhenDue(slot, grant, current, now);
                    return current;
                }

                if (slot.Failure is { } failure && failure.Holds(grant.Stamp, now))
                {
                    return ServeOrThrow(slot, grant, failure, now);
                }

                flight = slot.Flight ?? Begin(slot, grant);
            }

            await flight.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (flight.Token is { } token)
            {
                return token;
            }

            // What failed for another revision says nothing of this one.
            if (flight.Stamp == grant.Stamp)
            {
                return ServeOrThrow(slot, grant, flight.Failure!, time.GetUtcNow());
            }
        }
    }

    /// <summary>Takes in that a server refused a token as invalid.</summary>
    /// <returns>Whether another one can be had, and is worth another request.</returns>
    public bool Reject(TokenSlot slot, CachedToken token)
    {
        lock (slot.Lock)
        {
            if (slot.Current != token)
            {
                // Somebody has renewed it already.
                return slot.Current is not null;
            }

            // A server that takes no token at all would otherwise have one made for each request.
            if (!token.CanRenew || (token.ReplacesRejected && !token.WasAccepted))
            {
                return false;
            }

            slot.Rejected = token.Tokens.AccessToken;
            slot.Current = null;
            slot.Failure = null;
            logger.TokenRejected(slot.Key.Address.Name);
            return true;
        }
    }

    /// <summary>Takes in tokens that were saved here by other means: a person has logged in.</summary>
    public void Publish(TokenKey key, TokenSet tokens, long revision)
    {
        var slot = slots.Get(key);
        lock (slot.Lock)
        {
            Succeed(slot, tokens, revision, isRecreatable: false, replacesRejected: false);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void RenewWhenDue(TokenSlot slot, TokenGrant grant, CachedToken current, DateTimeOffset now)
    {
        if (!current.IsFresh(now) && current.CanRenew && slot.Flight is null && !(slot.Failure?.Holds(grant.Stamp, now) ?? false))
        {
            Begin(slot, grant);
        }
    }

    // While the last token lives, it is better than none.
    private static CachedToken ServeOrThrow(TokenSlot slot, TokenGrant grant, TokenFailure failure, DateTimeOffset now)
    {
        if (slot.Current is { } current && current.IsAlive(now))
        {
            return current;
        }

        failure.Throw(grant.AccountName);
        throw new UnreachableException();
    }

    private TokenFlight Begin(TokenSlot slot, TokenGrant grant)
    {
        var flight = new TokenFlight(grant.Stamp);
        var want = new TokenWant { Held = slot.Current is { IsOutdated: false } current ? current.Tokens : null, Rejected = slot.Rejected, Unsaved = slot.Unsaved };
        slot.Flight = flight;
        slot.ChangedTo = 0;

        // In a flow of its own: neither scope, activity nor log scope of whoever came first belongs to what others wait for.
        using (ExecutionContext.SuppressFlow())
        {
            flight.Ended = Task.Run(() => RunAsync(slot, flight, grant, want));
        }

        return flight;
    }

    private async Task RunAsync(TokenSlot slot, TokenFlight flight, TokenGrant grant, TokenWant want)
    {
        TokenOutcome outcome;
        try
        {
            outcome = await acquisition.RunAsync(grant, want, _stop.Token).ConfigureAwait(false);
        }
        catch (AccountException exception)
        {
            outcome = new TokenOutcome { Failure = exception };
        }
        catch (Exception exception)
        {
            // Without the cause: what fails on a credential tends to quote it.
            outcome = new TokenOutcome
            {
                Failure = new AccountUnavailableException(grant.AccountName, $"No token could be had for account '{grant.AccountName}': {exception.GetType().Name}, whose message is left out because it may quote the credential."),
            };
        }

        lock (slot.Lock)
        {
            Conclude(slot, flight, grant, want, outcome);
            slot.Flight = null;
        }
    }

    private void Conclude(TokenSlot slot, TokenFlight flight, TokenGrant grant, TokenWant want, TokenOutcome outcome)
    {
        slot.Unsaved = outcome.Unsaved;
        if (outcome.Tokens is { } tokens)
        {
            flight.Token = Succeed(slot, tokens, outcome.Revision, grant.IsRecreatable, replacesRejected: want.Rejected is not null);
            if (slot.ChangedTo > outcome.Revision && !grant.IsRecreatable)
            {
                // For those who waited; the next one looks again.
                flight.Token.Outdate();
            }

            metrics.Acquired("obtained");
            logger.TokenObtained(grant.AccountName);
            return;
        }

        if (outcome.Error is not null && slot.Current is { IsOutdated: true })
        {
            // The store was looked at, and it is not there any more.
            slot.Current = null;
        }

        flight.Failure = slot.Failure = new TokenFailure(outcome, grant.Stamp, slot.Failure, time.GetUtcNow());
        if (!grant.IsRecreatable)
        {
            slots.NoteFailure(slot);
        }

        metrics.Acquired(slot.Failure.Outcome);
        logger.TokenNotObtained(grant.AccountName, slot.Failure.Outcome);
    }

    private CachedToken Succeed(TokenSlot slot, TokenSet tokens, long revision, bool isRecreatable, bool replacesRejected)
    {
        // A shift that is no secret; the platform's fast generator is banned for what might be one.
        var shift = (RandomNumberGenerator.GetInt32(2_001) - 1_000) / 1_000d;
        slot.Current = new CachedToken(tokens, shift, isRecreatable, replacesRejected);
        slot.Revision = revision;
        slot.Failure = null;
        slot.Rejected = null;
        slots.NoteSuccess(slot);
        return slot.Current;
    }
}
