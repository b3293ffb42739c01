using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Lets one connection sign in before the others, as long as it is not known that the server accepts the user. Directories lock users out by the count of wrong passwords: of all requests that wait, one tries, and
/// its failure is everybody's.</summary>
/// <remarks>Safe for concurrent use. Who comes after a failure tries anew.</remarks>
internal sealed class NtlmAttempts
{
    private readonly Lock _lock = new();

    // The attempt that others wait for. Its result is why it failed; null when they may try themselves.
    private Task<AccountException?>? _first;
    private bool _isAccepted;

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

    /// <summary>Signs in, or waits for who does.</summary>
    /// <param name="signIn">Signs one connection in.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="AccountException">This sign-in failed, or the one that was waited for.</exception>
    public async ValueTask RunAsync(Func<CancellationToken, ValueTask> signIn, CancellationToken cancellationToken)
    {
        TaskCompletionSource<AccountException?>? own;
        while (MustWait(out var others, out own))
        {
            if (await others.WaitAsync(cancellationToken).ConfigureAwait(false) is { } failure)
            {
                throw Again(failure);
            }
        }

        AccountException? outcome = null;
        try
        {
            await signIn(cancellationToken).ConfigureAwait(false);
            Learn(isAccepted: true);
        }
        catch (AccountException exception)
        {
            outcome = exception;
            if (exception is AccountAuthenticationException)
            {
                Learn(isAccepted: false);
            }

            throw;
        }
        finally
        {
            End(own, outcome);
        }
    }

    private bool MustWait([NotNullWhen(true)] out Task<AccountException?>? others, out TaskCompletionSource<AccountException?>? own)
    {
        lock (_lock)
        {
            own = null;
            others = _isAccepted ? null : _first;
            if (!_isAccepted && _first is null)
            {
                own = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _first = own.Task;
            }

            return others is not null;
        }
    }

    private void Learn(bool isAccepted)
    {
        lock (_lock)
        {
            _isAccepted = isAccepted;
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
