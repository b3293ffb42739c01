namespace Digibee.Accounts;

/// <summary>Something was appended or purged. With <paramref name="Key"/> <see langword="null"/>, anything may have been.</summary>
/// <param name="Key">What changed.</param>
/// <param name="Revision">The revision that was appended, or the head's that was purged; the newest of them when items were merged. 0 without a key.</param>
public readonly record struct RecordChange(RecordKey? Key, long Revision);
