namespace Digibee.Accounts;

/// <summary>Knows which accounts refer to an account: by a row for each pair, named by the referred one, so that nobody has to look through all accounts. A row is a hint; what the referring account says when it is opened decides.</summary>
internal sealed class AccountReferrers(ConfiguredAccounts configured, IAccountStore store, AccountReader reader, TimeProvider time)
{
    private const string Type = "reference";
    private const int PageSize = 100;

    // A row is written before its account is, so a young one may be about to become true. Older ones that are not true are removed.
    private static readonly TimeSpan Youth = TimeSpan.FromHours(1);

    private static readonly byte[] Metadata = AccountMetadata.Deleted;
    private static readonly byte[] Content = [1];

    /// <summary>Notes what an account refers to, before it is saved.</summary>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask NoteAsync(AccountAddress address, Account account, CancellationToken cancellationToken)
    {
        foreach (var name in account.References)
        {
            try
            {
                await NoteAsync(new RecordKey(RecordKinds.Reference, address.Partition, $"{name}#{address.Name}"), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
            {
                throw reader.StoreFailed(address.Name, exception);
            }
        }
    }

    /// <summary>Checks that no account refers to this one.</summary>
    /// <exception cref="AccountInUseException">One does, or one that may cannot be opened.</exception>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask DemandUnusedAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        // Those are not saved, so nobody noted what they refer to.
        if (configured.FindReferrer(address) is { } configuredName)
        {
            await ThrowIfThereAsync(address, configuredName, cancellationToken).ConfigureAwait(false);
            return;
        }

        var query = new RecordQuery { Kind = RecordKinds.Reference, Partition = address.Partition, NamePrefix = $"{address.Name}#", Limit = PageSize };
        RecordPage page;
        do
        {
            page = await ListAsync(query, address, cancellationToken).ConfigureAwait(false);
            foreach (var row in page.Records)
            {
                var referring = row.Key.Name[(address.Name.Length + 1)..];
                if (AccountAddress.IsPart(referring) && await RefersAsync(new AccountAddress(address.Realm, address.Environment, referring), address.Name, cancellationToken).ConfigureAwait(false))
                {
                    await ThrowIfThereAsync(address, referring, cancellationToken).ConfigureAwait(false);
                    return;
                }

                await ForgetAsync(row, address, cancellationToken).ConfigureAwait(false);
            }

            query = query with { After = page.Next };
        }
        while (page.Next is not null);
    }

    // Anew each time, so that the row is young. Who is faster has written the same.
    private async ValueTask NoteAsync(RecordKey key, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(key, cancellationToken).ConfigureAwait(false);
        var record = new StoredRecord { Key = key, Revision = RecordRevision.Next(head?.Revision ?? 0, time), Type = Type, Metadata = Metadata, Payload = Content };
        await store.TryAppendAsync(record, head?.ETag, keep: 1, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> RefersAsync(AccountAddress referring, string name, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(referring, cancellationToken).ConfigureAwait(false) is not { IsDeleted: false } record)
        {
            return false;
        }

        try
        {
            return reader.Open(referring, record).Account.References.Contains(name, StringComparer.Ordinal);
        }
        catch (AccountSealException)
        {
            // Nobody can tell; and a delete is easier to repeat than to undo.
            return true;
        }
    }

    // What is not there is not deleted, whoever refers to it.
    private async ValueTask ThrowIfThereAsync(AccountAddress address, string referring, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(address, cancellationToken).ConfigureAwait(false) is { IsDeleted: false })
        {
            throw new AccountInUseException(
                address.Name, $"Account '{address.Name}' was not deleted: account '{referring}' refers to it. Change or delete that one first, or set {nameof(AccountDeleteOptions)}.{nameof(AccountDeleteOptions.EvenIfInUse)}.");
        }
    }

    private async ValueTask<RecordPage> ListAsync(RecordQuery query, AccountAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(address.Name, exception);
        }
    }

    private async ValueTask ForgetAsync(StoredRecord row, AccountAddress address, CancellationToken cancellationToken)
    {
        if (row.Revision >= RecordRevision.Of(time.GetUtcNow() - Youth))
        {
            return;
        }

        try
        {
            await store.TryPurgeAsync(row.Key, row.ETag!, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(address.Name, exception);
        }
    }
}
