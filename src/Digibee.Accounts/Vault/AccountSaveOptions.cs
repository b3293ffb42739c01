namespace Digibee.Accounts;

/// <summary>The conditions of one save.</summary>
public sealed record AccountSaveOptions
{
    /// <summary>Gets the revision that must be stored now: <see langword="null"/>, the default, for any; 0 when the account must not exist.</summary>
    public long? ExpectedRevision { get; init; }
}
