using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Lets one connection sign in before the others, as long as it is not known that the server accepts the user. Directories lock users out by the count of wrong passwords: of all requests that wait, one tries, and
/// its failure is everybody's; and who comes soon after the server refused the user is told the same, without a try.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class NtlmAttempts(TimeProvider time)
{
    // A caller that goes on repeating must not use up the tries that a directory grants: ten in ten minutes, say. Who has unlocked the user must not wait long at first.
    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();

    // The attempt that others wait for. Its result is why it failed; null when they may try themselves.
    private Task<AccountException?>? _first;
    private bool _isAccepted;

    // The last refusal of the user, when it came, how long it holds, and how many there were.
    private AccountAuthenticationException? _refusal;
    private long _refusedAt;
    private TimeSpan _hold;
    private long _refusals;

    /// <summary>Gets whether the last sign-in that the server judged was accepted. Many may sign in at once then.</summary>
    public bool IsAccepted
    {
        get
        {
            lock (_lock)
            {
                return _isAccepted;
            }
        }
    }

    /// <summary>Ends a sign-in that began before the server refused the user: its answer would count as one more try.</summary>
    /// <exception cref="AccountAuthenticationException">The server refused the user a while ago.</exception>
    public void DemandNotRefused()
    {
        lock (_lock)
        {
            if (_refusal is not null && time.GetElapsedTime(_refusedAt) < _hold)
            {
                throw Again(_refusal);
            }
        }
    }

    /// <summary>Signs in, or waits for who does.</summary>
    /// <param name="signIn">Signs one connection in, and gives why the server refuses the user; <see langword="null"/> when it accepts it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="AccountException">This sign-in failed, or the one that was waited for, or the server refused the user a while ago: 30 seconds, twice as long after each further refusal, 15 minutes at most.</exception>
    public async ValueTask RunAsync(Func<CancellationToken, ValueTask<AccountAuthenticationException?>> signIn, CancellationToken cancellationToken)
    {
        TaskCompletionSource<AccountException?>? own;
        long refusals;
        while (MustWait(out var others, out own, out refusals))
        {
            if (await others.WaitAsync(cancellationToken).ConfigureAwait(false) is { } failure)
            {
                throw Again(failure);
            }
        }

        AccountException? outcome = null;
        try
        {
            var refusal = await signIn(cancellationToken).ConfigureAwait(false);
            Learn(refusal, refusals);
            if (refusal is not null)
            {
                throw refusal;
            }
        }
        catch (AccountException exception)
        {
            outcome = exception;
            if (exception is AccountAuthenticationException)
            {
                Doubt();
            }

            throw;
        }
        finally
        {
            End(own, outcome);
        }
    }

    private bool MustWait([NotNullWhen(true)] out Task<AccountException?>? others, out TaskCompletionSource<AccountException?>? own, out long refusals)
    {
        lock (_lock)
        {
            DemandNotRefused();
            own = null;
            refusals = _refusals;
            others = _isAccepted ? null : _first;
            if (!_isAccepted && _first is null)
            {
                own = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _first = own.Task;
            }

            return others is not null;
        }
    }

    private void Learn(AccountAuthenticationException? refusal, long refusalsBefore)
    {
        lock (_lock)
        {
            if (refusal is not null)
            {
                if (_refusals == refusalsBefore)
                {
                    // Those that were under way together count once.
                    _hold = _refusal is null ? ShortestHold : TimeSpan.FromTicks(Math.Min(2 * _hold.Ticks, LongestHold.Ticks));
                }

                (_refusal, _refusedAt) = (refusal, time.GetTimestamp());
                _refusals++;
            }
            else if (_refusals == refusalsBefore)
            {
                // Whoever began before another was refused proves nothing about what the server says now.
                (_isAccepted, _refusal) = (true, null);
            }
        }
    }

    private void Doubt()
    {
        lock (_lock)
        {
            _isAccepted = false;
        }
    }

    private void End(TaskCompletionSource<AccountException?>? own, AccountException? outcome)
    {
        if (own is not null)
        {
            lock (_lock)
            {
                _first = null;
            }

            own.SetResult(outcome);
        }
    }

    // An exception is thrown once: each caller's has a stack of its own.
    private static AccountException Again(AccountException failure) => failure is AccountAuthenticationException
        ? new AccountAuthenticationException(failure.AccountName, failure.Message)
        : new AccountUnavailableException(failure.AccountName, failure.Message, failure.IsTransient);
}
