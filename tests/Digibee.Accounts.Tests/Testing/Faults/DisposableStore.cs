namespace Digibee.Accounts;

/// <summary>A good store that counts how often it was disposed.</summary>
internal sealed class DisposableStore(IAccountStore inner) : IAccountStore, IAsyncDisposable
{
    public IAccountStore Inner { get; } = inner;

    public int Disposed { get; private set; }

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) => Inner.GetAsync(key, cancellationToken);

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default) => Inner.TryAppendAsync(record, expectedETag, keep, cancellationToken);

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) => Inner.TryReplaceAsync(record, expectedETag, cancellationToken);

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) => Inner.TryPurgeAsync(key, expectedETag, cancellationToken);

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) => Inner.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) => Inner.WatchAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        Disposed++;
        return ValueTask.CompletedTask;
    }
}
