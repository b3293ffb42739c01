namespace Digibee.Accounts;

/// <summary>What is stored of an account in clear, bound by the seal to the byte.</summary>
internal sealed record AccountMetadata
{
    /// <summary>The most bytes there may be. <see cref="Account.Inspect"/> reports an account that takes more.</summary>
    public const int MaxLength = 16_384;

    // A property that restricts (and would do harm when an older version ignores it) raises it; others do not.
    public const int Version = 1;

    /// <summary>Gets what a deleted revision keeps in clear: that it is of this version, and nothing of the account.</summary>
    public static byte[] Deleted => new AccountMetadata().ToUtf8Json();

    /// <summary>Gets the first of the two ends.</summary>
    public DateTimeOffset? EarliestExpiry => ExpiresAt is { } noted && KnownExpiry is { } known ? (noted < known ? noted : known) : ExpiresAt ?? KnownExpiry;

    public string? Description { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? KnownExpiry { get; init; }

    public AllowedOrigins Origins
    {
        get => field ?? AllowedOrigins.None;
        init => field = value is { Count: > 0 } ? value : null;
    }

    public NameList Projects
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    public AccountFacts Facts
    {
        get => field ?? AccountFacts.Empty;
        init => field = value is { Count: > 0 } ? value : null;
    }

    /// <summary>Gives the metadata of an account with what its inspection found.</summary>
    public static AccountMetadata Of(Account account, AccountInspection inspection) => new()
    {
        Description = account.Description,
        ExpiresAt = account.ExpiresAt,
        KnownExpiry = inspection.KnownExpiry,
        Origins = account.AllowedOrigins,
        Projects = account.Projects,
        Facts = new AccountFacts(inspection.Facts),
    };

    /// <summary>Reads stored metadata; <see langword="null"/> when it is not metadata of this version. Never throws for any input.</summary>
    public static AccountMetadata? TryParse(ReadOnlySpan<byte> utf8Json) => AccountMetadataReader.TryRead(utf8Json);

    public byte[] ToUtf8Json() => AccountMetadataWriter.Write(this);
}
