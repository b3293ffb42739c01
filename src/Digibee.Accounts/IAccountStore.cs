namespace Digibee.Accounts;

/// <summary>Durable rows with compare-and-swap, a short history and a feed. Safe for concurrent use; it sees no plaintext and needs no key.</summary>
/// <remarks>
/// <para>A call that throws may have taken effect: the caller reads again and knows its own write by its payload. Reads see every acknowledged write, from any node; do not read from a replica.</para>
/// <para>A value outside the range that <see cref="RecordKey"/>, <see cref="StoredRecord"/>, <see cref="RecordQuery"/> or a parameter states is the caller's mistake: an
/// <see cref="ArgumentException"/>, and nothing changes. Prove a store of your own with <c>AccountStoreContract</c> of Digibee.Accounts.Testing.</para>
/// </remarks>
public interface IAccountStore
{
    /// <summary>Reads the head, deleted or not.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The head with its payload and tag; <see langword="null"/> when the key was never written or was purged.</returns>
    /// <exception cref="ArgumentException">A part of the key is out of range.</exception>
    ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default);

    /// <summary>Makes <paramref name="record"/> the head, at once and durably, and keeps the newest <paramref name="keep"/> revisions, the head included.</summary>
    /// <param name="record">The new head. Its revision must be greater than the head's.</param>
    /// <param name="expectedETag">The tag of the head it replaces (a deleted head has one too); <see langword="null"/> when there must be no row at all.</param>
    /// <param name="keep">1 to 100.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>The new tag; <see langword="null"/> when the head was another, and then nothing changed.</returns>
    /// <exception cref="ArgumentException">A value is out of range, or the tag is the head's and the revision is not greater than the head's. Nothing changed. (With another tag the answer is
    /// <see langword="null"/>, whatever the revision: the tag is looked at first.)</exception>
    ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default);

    /// <summary>Swaps the payload of one kept revision, head or not: a re-seal. Revision, metadata, type and expiry stay as they are; the feed stays silent.</summary>
    /// <param name="record">Key, revision and new payload; the rest is not looked at. A revision that says "deleted" has no payload to swap.</param>
    /// <param name="expectedETag">The tag of that revision's row.</param>
    /// <param name="cancellationToken">Cancels the wait; the write may still happen.</param>
    /// <returns>The row's new tag; <see langword="null"/> when the revision is not kept or its row has another tag, and then nothing changed. No other row's tag changes.</returns>
    /// <exception cref="ArgumentException">A value is out of range. Nothing changed.</exception>
    ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Removes every revision of a key if its head still has this tag. This cannot be undone.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expectedETag">The head's tag.</param>
    /// <param name="cancellationToken">Cancels the wait; the rows may still go.</param>
    /// <returns>Whether they are gone; <see langword="false"/> when there is no row or the head has another tag, and then nothing changed.</returns>
    /// <exception cref="ArgumentException">A part of the key is out of range.</exception>
    ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Reads one page. A row that cannot be read is skipped and reported by the store's log, never repaired.</summary>
    /// <param name="query">What to list, and where to go on.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The page. A row that stands all the time while pages are read is in exactly one of them.</returns>
    /// <exception cref="ArgumentException">A value of the query is out of range.</exception>
    ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Follows changes until cancelled. The first item, and the first after every interruption, has no key: from there on nothing is missed. Items may repeat, merge, and come late, never out of order for one key.</summary>
    /// <param name="cancellationToken">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The changes. Each enumeration is a watcher of its own and begins with an item without a key. A watcher that reads slowly is interrupted; nobody waits for it.</returns>
    IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default);
}
