namespace Digibee.Accounts;

/// <summary>What the feed read at once.</summary>
/// <param name="Changes">The changes in their order.</param>
/// <param name="Place">Where to go on.</param>
/// <param name="IsInterrupted">Whether changes may be missing before <paramref name="Place"/>.</param>
internal readonly record struct SqliteChangeBatch(List<RecordChange> Changes, long Place, bool IsInterrupted);
