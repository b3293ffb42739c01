using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>A store that lives in a process of its own.</summary>
internal sealed class RemoteStore(StoreWorker worker, Action<StoreWorker> release) : IAccountStore, IAsyncDisposable
{
    public static async ValueTask<RemoteStore> OpenAsync(StoreWorker worker, string path, Action<StoreWorker> release)
    {
        await worker.CallAsync(StoreMethod.Open, call => call with { Path = path });
        return new RemoteStore(worker, release);
    }

    public async ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        (await worker.CallAsync(StoreMethod.Get, call => call with { Key = key }, cancellationToken)).Record;

    public async ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default) =>
        (await worker.CallAsync(StoreMethod.Append, call => call with { Record = record, ETag = expectedETag, Keep = keep }, cancellationToken)).ETag;

    public async ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) =>
        (await worker.CallAsync(StoreMethod.Replace, call => call with { Record = record, ETag = expectedETag }, cancellationToken)).ETag;

    public async ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) =>
        (await worker.CallAsync(StoreMethod.Purge, call => call with { Key = key, ETag = expectedETag }, cancellationToken)).IsTaken;

    public async ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) =>
        (await worker.CallAsync(StoreMethod.List, call => call with { Query = query }, cancellationToken)).Page!;

    public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var reply in worker.StreamAsync(StoreMethod.Watch, cancellationToken: cancellationToken))
        {
            yield return reply.Change;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await worker.CallAsync(StoreMethod.Close);
        release(worker);
    }
}
