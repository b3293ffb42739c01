namespace Digibee.Accounts;

/// <summary>How accounts are imported.</summary>
public sealed record AccountImportOptions
{
    /// <summary>Gets what is done with a name that is taken. The default is to refuse the import.</summary>
    public AccountImportConflict Conflict { get; init; }

    /// <summary>Gets the ring that sealed the export; <see langword="null"/>, the default, for the vault's own. The caller disposes it.</summary>
    public KeyRing? KeyRing { get; init; }

    /// <summary>Gets the realm that was exported; <see langword="null"/>, the default, for the vault's own.</summary>
    public string? SourceRealm { get; init; }

    /// <summary>Gets the environment that was exported; <see langword="null"/>, the default, for the vault's own.</summary>
    public string? SourceEnvironment { get; init; }
}
