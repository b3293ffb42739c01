namespace Digibee.Accounts;

/// <summary>Selects rows. Every property that is set narrows the result.</summary>
public sealed record RecordQuery
{
    /// <summary>Gets the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the partition; <see langword="null"/> for all.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the exact name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the start of the name.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Gets the type id.</summary>
    public string? Type { get; init; }

    /// <summary>Gets a time: only rows with an expiry before it.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>Gets whether deleted heads are listed too.</summary>
    public bool IncludeDeleted { get; init; }

    /// <summary>Gets whether every kept revision is listed, not the head alone.</summary>
    public bool IncludeHistory { get; init; }

    /// <summary>Gets whether payloads are read; otherwise they come back empty.</summary>
    public bool IncludePayload { get; init; }

    /// <summary>Gets the last row already seen.</summary>
    public RecordPosition? After { get; init; }

    /// <summary>Gets the most rows to return: 1 to 1,000. The default is 100.</summary>
    public int Limit { get; init; } = 100;
}
