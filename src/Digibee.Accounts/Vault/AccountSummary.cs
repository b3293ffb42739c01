namespace Digibee.Accounts;

/// <summary>What can be said of one revision of an account without opening it. From a listing it is not authenticated.</summary>
public sealed record AccountSummary
{
    /// <summary>Gets the address.</summary>
    public required AccountAddress Address { get; init; }

    /// <summary>Gets the type; <see langword="null"/> when the stored type is not one of this version's.</summary>
    public required AccountType? Type { get; init; }

    /// <summary>Gets the revision.</summary>
    public required long Revision { get; init; }

    /// <summary>Gets whether it comes from the program's configuration, where it stands before a stored account of its name. Its revision is the time it was read.</summary>
    public bool IsConfigured { get; init; }

    /// <summary>Gets whether this revision says "deleted".</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets when the credential ends, as its owner noted it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets when the credential ends, as it says itself (a certificate's end, a token's <c>exp</c>), computed at save.</summary>
    public DateTimeOffset? KnownExpiry { get; init; }

    /// <summary>Gets the origins it may be sent to.</summary>
    public AllowedOrigins AllowedOrigins { get; init; } = AllowedOrigins.None;

    /// <summary>Gets the projects that may use it; empty means all.</summary>
    public NameList Projects { get; init; } = NameList.Empty;

    /// <summary>Gets what was found out about the credential at save, such as a fingerprint or a key size. Never a secret.</summary>
    public AccountFacts Facts { get; init; } = AccountFacts.Empty;

    /// <summary>Gets what the saver should know, such as an origin in clear text; from <see cref="IAccountVault.SaveAsync"/> only.</summary>
    public NameList Warnings { get; init; } = NameList.Empty;
}
