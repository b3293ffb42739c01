namespace Digibee.Accounts;

/// <summary>The three zones of a token's life: fresh, renewed in the background, too late to be sent without asking anew.</summary>
/// <param name="RenewAt">From here on somebody renews it, and nobody waits.</param>
/// <param name="BlockAt">From here on who needs it waits for the next one. It may die on its way otherwise.</param>
/// <param name="ExpiresAt">From here on nothing makes it good. Until then it is sent if the next one cannot be had.</param>
internal sealed record TokenZones(DateTimeOffset RenewAt, DateTimeOffset BlockAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How far the renewal is moved at most, so that many nodes with one token do not ask together.</summary>
    public const double Jitter = 0.2;

    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestFloor = TimeSpan.FromSeconds(30);

    /// <summary>Computes the zones. Short lives are halved and quartered: no token is stale at birth.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="shift">-1 to 1: which part of <see cref="Jitter"/> moves the renewal, to earlier when positive.</param>
    public static TokenZones Of(TokenSet tokens, double shift)
    {
        if (tokens.ExpiresAt is not { } expiresAt)
        {
            return new(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
        }

        var lifetime = expiresAt - tokens.ObtainedAt;
        if (lifetime <= TimeSpan.Zero)
        {
            return new(tokens.ObtainedAt, tokens.ObtainedAt, expiresAt);
        }

        var margin = Shorter(LongestMargin, lifetime / 2) * (1 + (Jitter * shift));
        return new(expiresAt - margin, expiresAt - Shorter(LongestFloor, lifetime / 4), expiresAt);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
