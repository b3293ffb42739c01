namespace Digibee.Accounts;

/// <summary>Durable rows with compare-and-swap, a short history and a feed. Safe for concurrent use; it sees no plaintext and needs no key.</summary>
/// <remarks>A call that throws may have taken effect: the caller reads again and knows its own write by its payload. Reads see every acknowledged write, from any node; do not read from a replica.</remarks>
public interface IAccountStore
{
    /// <summary>Reads the head, deleted or not; <see langword="null"/> when the key was never written or was purged.</summary>
    ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default);

    /// <summary>Makes <paramref name="record"/> the head, at once and durably, and keeps the newest <paramref name="keep"/> revisions, the head included.</summary>
    /// <param name="record">The new head. Its revision must be greater than the head's.</param>
    /// <param name="expectedETag">The tag of the head it replaces (a deleted head has one too); <see langword="null"/> when there must be no row at all.</param>
    /// <param name="keep">1 to 100.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>The new tag; <see langword="null"/> when the head was another, and then nothing changed.</returns>
    ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default);

    /// <summary>Swaps the payload of one kept revision, head or not: a re-seal. Revision, metadata, type and expiry stay as they are; the feed stays silent.</summary>
    ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Removes every revision of a key if its head still has this tag. This cannot be undone.</summary>
    ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Reads one page. A row that cannot be read is skipped and reported by the store's log, never repaired.</summary>
    ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Follows changes until cancelled. The first item, and the first after every interruption, has no key: from there on nothing is missed. Items may repeat, merge, and come late, never out of order for one key.</summary>
    IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default);
}
