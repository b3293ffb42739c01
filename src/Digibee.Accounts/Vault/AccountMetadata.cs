namespace Digibee.Accounts;

/// <summary>What is stored of an account in clear, bound by the seal to the byte.</summary>
internal sealed record AccountMetadata
{
    public const int MaxLength = 16_384;

    /// <summary>Gets what a deleted revision keeps in clear: that it is of this version, and nothing of the account.</summary>
    public static byte[] Deleted => """{"v":1}"""u8.ToArray();

    /// <summary>Gets the first of the two ends.</summary>
    public DateTimeOffset? EarliestExpiry => ExpiresAt is { } noted && KnownExpiry is { } known ? (noted < known ? noted : known) : ExpiresAt ?? KnownExpiry;

    public string? Description { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? KnownExpiry { get; init; }

    public AllowedOrigins Origins { get => field ?? AllowedOrigins.None; init; }

    public NameList Projects { get => field ?? NameList.Empty; init; }

    public AccountFacts Facts { get => field ?? AccountFacts.Empty; init; }

    /// <summary>Reads stored metadata; <see langword="null"/> when it is not metadata of this version. Never throws for any input.</summary>
    public static AccountMetadata? TryParse(ReadOnlySpan<byte> utf8Json) => throw new NotImplementedException(utf8Json.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static AccountMetadata Of(Account account, AccountInspection inspection) => throw new NotImplementedException();

    public byte[] ToUtf8Json() => throw new NotImplementedException();
}
