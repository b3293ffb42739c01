namespace Digibee.Accounts;

/// <summary>That an HTTP client used one revision of an account. Times are exact to a second or so.</summary>
public sealed record AccountUsage
{
    /// <summary>Gets the client's name; without dependency injection the names of its accounts, joined by <c>+</c>. Empty for the factory's client without a name.</summary>
    public required string Client { get; init; }

    /// <summary>Gets the revision.</summary>
    public required long Revision { get; init; }

    /// <summary>Gets when the client last put it on a request.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Gets when a server last answered such a request with a refusal (401, 403, 407); <see langword="null"/> for never.</summary>
    public DateTimeOffset? LastRefusedAt { get; init; }
}
