namespace Digibee.Accounts;

/// <summary>Selects accounts. Every property that is set narrows the result.</summary>
public sealed record AccountQuery
{
    /// <summary>Gets the start of the name.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Gets the type.</summary>
    public AccountType? Type { get; init; }

    /// <summary>Gets a time: only accounts that end before it.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>Gets whether deleted accounts are listed too. The default is <see langword="false"/>.</summary>
    public bool IncludeDeleted { get; init; }
}
