namespace Digibee.Accounts;

/// <summary>Rows in memory.</summary>
internal sealed class InMemoryAccountStore : IAccountStore
{
    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
