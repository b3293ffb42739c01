namespace Digibee.Accounts;

/// <summary>Selects rows. Every property that is set narrows the result.</summary>
public sealed record RecordQuery
{
    /// <summary>Gets the kind. 1 to 32 characters.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the partition; <see langword="null"/> for all.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the exact name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the start of the name, to the letter: case counts, and no character is a wildcard.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Gets the type id. A listing of heads looks at the head's, whatever the type of older revisions was.</summary>
    public string? Type { get; init; }

    /// <summary>Gets a time, to the millisecond: only rows with an expiry before it, never one equal to it.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>Gets whether rows that say "deleted" are listed too: deleted heads and, with <see cref="IncludeHistory"/>, deleted revisions behind them.</summary>
    public bool IncludeDeleted { get; init; }

    /// <summary>Gets whether every kept revision is listed, oldest first, not the head alone.</summary>
    public bool IncludeHistory { get; init; }

    /// <summary>Gets whether payloads are read; otherwise they come back empty.</summary>
    public bool IncludePayload { get; init; }

    /// <summary>Gets the last row already seen: the page begins behind it, whether it still stands or not. A listing of heads begins behind its key, so that no key comes twice.</summary>
    public RecordPosition? After { get; init; }

    /// <summary>Gets the most rows to return: 1 to 1,000. The default is 100.</summary>
    public int Limit { get; init; } = 100;
}
