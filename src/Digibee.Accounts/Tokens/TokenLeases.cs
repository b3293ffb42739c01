using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Lets one node at a time ask for the tokens of a grant. It saves calls; what keeps tokens right is that they are swapped in by the store's tag.</summary>
internal sealed class TokenLeases(IAccountStore store, AccountReader reader, TimeProvider time)
{
    // Longer than the longest exchange: who still holds it then is gone.
    private static readonly TimeSpan LeaseTime = TokenAcquisition.LongestExchange + TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const string Type = "lease";
    private const int HolderLength = 16;

    private static readonly byte[] Metadata = AccountMetadata.Deleted;

    /// <summary>Waits for the lease, unless there is nothing to ask for any more.</summary>
    /// <param name="key">The grant.</param>
    /// <param name="isDone">Looks whether the holder has brought what was wanted. Called after each pause.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease; <see langword="null"/> when <paramref name="isDone"/> said so.</returns>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async Task<TokenLease?> AcquireAsync(TokenKey key, Func<CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var rowKey = new RecordKey(RecordKinds.Lease, key.Address.Partition, key.RowName);
        string? watchedTag = null;
        var watchedSince = 0L;
        while (true)
        {
            try
            {
                var head = await Limit(store.GetAsync(rowKey, cancellationToken), cancellationToken).ConfigureAwait(false);
                var isFree = head is null or { IsDeleted: true };
                if (!isFree && head!.ETag != watchedTag)
                {
                    watchedTag = head.ETag;
                    watchedSince = time.GetTimestamp();
                }

                // By our own clock from when we first saw this tag: no two clocks need agree.
                if ((isFree || time.GetElapsedTime(watchedSince) >= LeaseTime) && await TryTakeAsync(rowKey, head, cancellationToken).ConfigureAwait(false) is { } lease)
                {
                    return lease;
                }
            }
            catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
            {
                throw reader.StoreFailed(key.Address.Name, exception);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            if (await isDone(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Lets the next one in. What cannot be given back is taken over in time.</summary>
    public async Task ReleaseAsync(TokenLease lease)
    {
        try
        {
            var released = new StoredRecord { Key = lease.Key, Revision = RecordRevision.Next(lease.Revision, time), Type = Type, IsDeleted = true, Metadata = Metadata, Payload = default };
            await Limit(store.TryAppendAsync(released, lease.ETag, keep: 1, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, CancellationToken.None))
        {
            // The tokens are saved or not; that is for others to say.
            reader.StoreFailed(accountName: null, exception);
        }
    }

    // A store that hangs is down.
    private Task<T> Limit<T>(ValueTask<T> call, CancellationToken cancellationToken) => call.AsTask().WaitAsync(LongestCall, time, cancellationToken);

    private async Task<TokenLease?> TryTakeAsync(RecordKey key, StoredRecord? head, CancellationToken cancellationToken)
    {
        var record = new StoredRecord
        {
            Key = key,
            Revision = RecordRevision.Next(head?.Revision ?? 0, time),
            Type = Type,
            Metadata = Metadata,
            Payload = RandomNumberGenerator.GetBytes(HolderLength),
        };
        var etag = await Limit(store.TryAppendAsync(record, head?.ETag, keep: 1, cancellationToken), cancellationToken).ConfigureAwait(false);
        return etag is null ? null : new TokenLease(key, etag, record.Revision);
    }
}
