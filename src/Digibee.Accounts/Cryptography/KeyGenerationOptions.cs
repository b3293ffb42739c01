namespace Digibee.Accounts;

/// <summary>What an account holds beside the key that is made for it.</summary>
public sealed record KeyGenerationOptions
{
    /// <summary>Gets the description; <see langword="null"/> by default.</summary>
    public string? Description { get; init; }

    /// <summary>Gets when the key ends, as its owner notes it; <see langword="null"/> by default.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets the origins that the key may sign requests for; none by default.</summary>
    public AllowedOrigins AllowedOrigins { get => field ?? AllowedOrigins.None; init; }

    /// <summary>Gets the projects that may use it; empty, the default, means all.</summary>
    public NameList Projects { get => field ?? NameList.Empty; init; }

    /// <summary>Gets the revision of the account that the new key replaces, by a rotation.</summary>
    /// <value>0, the default: there must be no such account. <see langword="null"/>: whatever there is is replaced. Nothing of the replaced account is taken over; its revision stays in the history.</value>
    public long? ExpectedRevision { get; init; } = 0;
}
