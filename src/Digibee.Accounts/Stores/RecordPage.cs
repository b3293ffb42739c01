namespace Digibee.Accounts;

/// <summary>One page, in ascending order of partition, name and revision. <paramref name="Next"/> is <see langword="null"/> at the end; a page may be short or empty before that.</summary>
/// <param name="Records">The rows.</param>
/// <param name="Next">What to ask for next, as <see cref="RecordQuery.After"/>.</param>
public sealed record RecordPage(IReadOnlyList<StoredRecord> Records, RecordPosition? Next);
