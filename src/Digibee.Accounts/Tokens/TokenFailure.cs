using System.Runtime.ExceptionServices;

namespace Digibee.Accounts;

/// <summary>A failed acquisition, remembered for a while: until then nobody asks again, and everybody is told the same. Another revision of the account is another chance.</summary>
internal sealed class TokenFailure
{
    private static readonly TimeSpan ShortestTransient = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTransient = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestDefinitive = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDefinitive = TimeSpan.FromMinutes(10);

    // Longer than this nobody is kept waiting on the other side's word alone.
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    private readonly TokenError? _error;
    private readonly AccountException? _exception;
    private readonly long _stamp;
    private readonly int _inARow;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="outcome">What went wrong.</param>
    /// <param name="stamp"><see cref="TokenGrant.Stamp"/> of the attempt.</param>
    /// <param name="before">The failure before it, if nothing succeeded in between.</param>
    /// <param name="now">The time.</param>
    public TokenFailure(TokenOutcome outcome, long stamp, TokenFailure? before, DateTimeOffset now)
    {
        _error = outcome.Error;
        _exception = outcome.Failure;
        _stamp = stamp;
        _inARow = before?._stamp == stamp ? before._inARow + 1 : 0;
        Until = now + Wait();
    }

    /// <summary>Gets when it may be tried again.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Gets what the metrics and the log call it.</summary>
    public string Outcome => IsTransient ? "unavailable" : "refused";

    private bool IsTransient => _error is { Kind: TokenErrorKind.Transient } || _exception is { IsTransient: true };

    public bool Holds(long stamp, DateTimeOffset now) => stamp == _stamp && now < Until;

    public void Throw(string accountName)
    {
        if (_error is not null)
        {
            throw _error.ToException(accountName);
        }

        ExceptionDispatchInfo.Throw(_exception!);
    }

    private TimeSpan Wait()
    {
        var (shortest, longest) = IsTransient ? (ShortestTransient, LongestTransient) : (ShortestDefinitive, LongestDefinitive);
        var wait = Math.Min(shortest.Ticks << Math.Min(_inARow, 16), longest.Ticks);
        var asked = Math.Min(_error?.RetryAfter?.Ticks ?? 0, LongestRetryAfter.Ticks);
        return TimeSpan.FromTicks(Math.Max(wait, asked));
    }
}
