namespace Digibee.Accounts;

/// <summary>An acquisition under way, which belongs to nobody who waits for it.</summary>
internal sealed class TokenFlight(long stamp)
{
    /// <summary>Gets <see cref="TokenGrant.Stamp"/> of the grant it runs with.</summary>
    public long Stamp { get; } = stamp;

    /// <summary>Gets or sets its end. It never faults.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets the token it brought, for all who wait: however short its life, it was asked for now.</summary>
    public CachedToken? Token { get; set; }

    /// <summary>Gets or sets why it brought none.</summary>
    public TokenFailure? Failure { get; set; }
}
