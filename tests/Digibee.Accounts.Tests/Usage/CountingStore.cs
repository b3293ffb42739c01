namespace Digibee.Accounts;

/// <summary>Counts writes, and fails when it is told to.</summary>
internal sealed class CountingStore(IAccountStore store) : IAccountStore
{
    private int _writes;

    public int Writes => Volatile.Read(ref _writes);

    public bool IsDown { get; set; }

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) => Up().GetAsync(key, cancellationToken);

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _writes);
        return Up().TryAppendAsync(record, expectedETag, keep, cancellationToken);
    }

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) => Up().TryReplaceAsync(record, expectedETag, cancellationToken);

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) => Up().TryPurgeAsync(key, expectedETag, cancellationToken);

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) => Up().ListAsync(query, cancellationToken);

    public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) => store.WatchAsync(cancellationToken);

    private IAccountStore Up() => IsDown ? throw new IOException("the store is down") : store;
}
