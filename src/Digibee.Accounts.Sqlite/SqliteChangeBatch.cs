namespace Digibee.Accounts;

/// <summary>What the feed read at once.</summary>
/// <param name="Changes">The changes in their order.</param>
/// <param name="Place">Where to go on.</param>
/// <param name="IsInterrupted">Whether changes may be missing before <paramref name="Place"/>.</param>
/// <param name="HasMore">Whether more stand behind <paramref name="Place"/> already.</param>
internal readonly record struct SqliteChangeBatch(List<RecordChange> Changes, SqlitePlace Place, bool IsInterrupted = false, bool HasMore = false);
