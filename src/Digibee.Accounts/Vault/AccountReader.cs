namespace Digibee.Accounts;

/// <summary>Reads a head from the store, and opens rows. Every failure is one of the library's own, and none changes what is stored.</summary>
internal sealed class AccountReader(IAccountStore store, AccountSealer sealer, StoreStatus status, StoreFeed feed)
{
    public static RecordKey KeyOf(AccountAddress address) => new(RecordKinds.Account, address.Partition, address.Name);

    /// <summary>Reads the head of an account; <see langword="null"/> when there is none.</summary>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async ValueTask<StoredRecord?> ReadAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var record = await store.GetAsync(KeyOf(address), cancellationToken).ConfigureAwait(false);
            status.Answered();
            return record;
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            throw StoreFailed(address.Name, exception);
        }
    }

    /// <summary>Tells a store that does not answer from a caller's mistake, a caller that gave up, and a program that is ending.</summary>
    public static bool IsStoreFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is not (ArgumentException or ObjectDisposedException) && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    /// <summary>Opens a row as the account at <paramref name="address"/>: the address that was asked for, never the row's own.</summary>
    /// <exception cref="AccountSealException">It does not open, or is no account of this version.</exception>
    public OpenedAccount Open(AccountAddress address, StoredRecord record) => Open(sealer, address, record);

    /// <summary>Opens a row that was sealed by another ring.</summary>
    /// <exception cref="AccountSealException">It does not open.</exception>
    public static OpenedAccount Open(AccountSealer sealer, AccountAddress address, StoredRecord record)
    {
        if (record.Revision <= 0 || record.Metadata.Length > AccountMetadata.MaxLength || record.Type is not { Length: > 0 and <= 64 } || !System.Text.Ascii.IsValid(record.Type))
        {
            throw new AccountSealException(address.Name, AccountSealFailure.Malformed, $"The stored row of account '{address.Name}' is not one this library wrote. It was left as it is; restore it from a backup or save the account anew.");
        }

        var context = new SealContext
        {
            Realm = address.Partition,
            Name = address.Name,
            Type = record.Type,
            Revision = (ulong)record.Revision,
            Metadata = record.Metadata.Span,
        };
        using var plaintext = sealer.Open(context, record.Payload.Span);
        if (AccountType.FromSlug(record.Type) is not { } type
            || AccountMetadata.TryParse(record.Metadata.Span) is not { } metadata
            || AccountPayload.TryRead(type, address.Name, metadata, plaintext.Span) is not { } account)
        {
            throw new AccountSealException(
                address.Name,
                AccountSealFailure.InvalidPayload,
                $"Account '{address.Name}' opened, but is not an account of this version: a newer version of the library may have written it. It was left as it is.");
        }

        // The column is for filtering, so the seal does not cover it; but nobody has changed it honestly.
        if (record.ExpiresAt?.ToUnixTimeMilliseconds() != metadata.EarliestExpiry?.ToUnixTimeMilliseconds())
        {
            throw new AccountSealException(
                address.Name,
                AccountSealFailure.ContextMismatch,
                $"The stored expiry column of account '{address.Name}' is not the one that was saved with it. Somebody changed the row; it was left as it is.");
        }

        return new OpenedAccount(address, record.Revision, account);
    }

    /// <summary>Notes that the store failed, and gives the exception to throw.</summary>
    public AccountUnavailableException StoreFailed(string? accountName, Exception exception)
    {
        status.Failed();
        feed.Doubt();
        return new AccountUnavailableException(
            accountName,
            accountName is null
                ? $"The account store did not answer ({exception.GetType().Name}). Is it running and reachable?"
                : $"Account '{accountName}' is not available: the store did not answer ({exception.GetType().Name}). Is it running and reachable?",
            exception);
    }
}
