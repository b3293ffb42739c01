namespace Digibee.Accounts;

/// <summary>What an import did, by the accounts' names.</summary>
public sealed record AccountImportResult
{
    /// <summary>Gets the accounts that were not there before.</summary>
    public required NameList Created { get; init; }

    /// <summary>Gets the accounts that got a new revision.</summary>
    public required NameList Replaced { get; init; }

    /// <summary>Gets the accounts that were left as they are by <see cref="AccountImportConflict.Skip"/>.</summary>
    public required NameList Skipped { get; init; }

    /// <summary>Gets the accounts that are stored already just as they were imported. Nothing was written for them, so an import may be repeated.</summary>
    public required NameList Unchanged { get; init; }
}
