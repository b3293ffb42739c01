namespace Digibee.Accounts;

/// <summary>The uses of accounts in the store: one row an account, which every node adds to.</summary>
internal sealed class UsageRows(IAccountStore store, AccountReader reader, TimeProvider time)
{
    private const string Type = "usage";
    private const int Attempts = 3;

    private static readonly byte[] Metadata = AccountMetadata.Deleted;

    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask<List<AccountUsage>> ReadAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(KeyOf(address), cancellationToken).ConfigureAwait(false) is { IsDeleted: false } row ? UsageDocument.Read(row.Payload.Span) : [];
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(address.Name, exception);
        }
    }

    /// <summary>Adds to what is stored; <see langword="false"/> when the store fails, or others write all the time.</summary>
    public async ValueTask<bool> TryMergeAsync(AccountAddress address, List<AccountUsage> noted, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                var head = await store.GetAsync(KeyOf(address), cancellationToken).ConfigureAwait(false);
                var merged = UsageList.Merge(head is { IsDeleted: false } ? UsageDocument.Read(head.Payload.Span) : [], noted, time.GetUtcNow());
                var row = new StoredRecord { Key = KeyOf(address), Revision = RecordRevision.Next(head?.Revision ?? 0, time), Type = Type, Metadata = Metadata, Payload = UsageDocument.Write(merged) };
                if (await store.TryAppendAsync(row, head?.ETag, keep: 1, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken) || exception is ObjectDisposedException)
        {
            // Notes of use are not worth a failure to anybody.
        }

        return false;
    }

    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask PurgeAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.GetAsync(KeyOf(address), cancellationToken).ConfigureAwait(false) is { ETag: { } etag })
            {
                await store.TryPurgeAsync(KeyOf(address), etag, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(address.Name, exception);
        }
    }

    private static RecordKey KeyOf(AccountAddress address) => new(RecordKinds.Usage, address.Partition, address.Name);
}
