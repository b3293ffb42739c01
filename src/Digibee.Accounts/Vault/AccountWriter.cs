using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Saves, rolls back and deletes: each a new head, swapped in by the store's tag. It never needs the old value, so an account that does not open can be replaced.</summary>
internal sealed class AccountWriter(
    ConfiguredAccounts configured,
    IAccountStore store,
    AccountSealer sealer,
    AccountReader reader,
    AccountReads reads,
    AccountReferrers referrers,
    HighWaterMarks marks,
    StoreFeed feed,
    TimeProvider time,
    IOptions<DigibeeAccountsOptions> options)
{
    // Somebody else wrote in between as many times: not by accident any more.
    private const int Attempts = 16;

    /// <summary>Checks an account as a save would.</summary>
    /// <exception cref="AccountValidationException">Something is not right with it.</exception>
    public (AccountInspection Inspection, AccountMetadata Metadata) Inspect(Account account)
    {
        var inspection = new AccountInspection(options.Value.Limits, time.GetUtcNow());
        account.Inspect(inspection);
        var metadata = AccountMetadata.Of(account, inspection);
        return inspection.Problems.Count == 0 ? (inspection, metadata) : throw new AccountValidationException(account.Name, inspection.Problems);
    }

    public async ValueTask<AccountSummary> SaveAsync(AccountAddress address, Account account, long? expectedRevision, CancellationToken cancellationToken)
    {
        configured.DemandStored(address);
        var (inspection, metadata) = Inspect(account);
        using var payload = AccountPayload.Write(account);

        // Read back before it is sealed, so that nothing is stored that does not open. And the cache must not share a secret with the caller: a scope wipes its own.
        var own = AccountPayload.TryRead(account.Type, account.Name, metadata, payload.Span) ?? throw new UnreachableException();
        var metadataBytes = metadata.ToUtf8Json();
        await referrers.NoteAsync(address, account, cancellationToken).ConfigureAwait(false);
        var saved = await AppendAsync(
            address,
            expectedRevision,
            (_, revision) => new StoredRecord
            {
                Key = AccountReader.KeyOf(address),
                Revision = revision,
                Type = account.Type.Slug,
                ExpiresAt = metadata.EarliestExpiry,
                Metadata = metadataBytes,
                Payload = sealer.Seal(ContextOf(address, account.Type, revision, metadataBytes), payload.Span),
            },
            cancellationToken).ConfigureAwait(false);
        reads.Saved(new OpenedAccount(address, saved!.Revision, own));
        return AccountListing.Describe(address, saved, metadata) with { Warnings = NameList.Create([.. inspection.Warnings]) };
    }

    /// <summary>Opens a kept revision and saves it anew.</summary>
    public async ValueTask<AccountSummary> RollbackAsync(AccountAddress address, StoredRecord kept, long? expectedRevision, CancellationToken cancellationToken) =>
        await SaveAsync(address, reader.Open(address, kept).Account, expectedRevision, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> DeleteAsync(AccountAddress address, long? expectedRevision, CancellationToken cancellationToken)
    {
        configured.DemandStored(address);
        var deleted = await AppendAsync(
            address,
            expectedRevision,
            (head, revision) => head is null or { IsDeleted: true }
                ? null
                : new StoredRecord { Key = AccountReader.KeyOf(address), Revision = revision, Type = AccountType.FromSlug(head.Type)?.Slug ?? "", IsDeleted = true, Metadata = AccountMetadata.Deleted, Payload = default },
            cancellationToken).ConfigureAwait(false);
        if (deleted is null)
        {
            return false;
        }

        reads.Deleted(address, deleted.Revision);
        return true;
    }

    private static SealContext ContextOf(AccountAddress address, AccountType type, long revision, byte[] metadata) =>
        new() { Realm = address.Partition, Name = address.Name, Type = type.Slug, Revision = (ulong)revision, Metadata = metadata };

    private static AccountConflictException Conflict(AccountAddress address, long expected, StoredRecord? head) => new(
        address.Name,
        expected == 0
            ? $"Account '{address.Name}' exists already, in revision {head!.Revision}. Save it with that ExpectedRevision, or without one, to replace it."
            : $"Account '{address.Name}' was expected in revision {expected}, but {(head is null or { IsDeleted: true } ? "is deleted" : $"revision {head.Revision} is stored")}. Read it again and decide.");

    private static bool IsExpected(long expected, StoredRecord? head) =>
        head is null or { IsDeleted: true } ? expected == 0 : head.Revision == expected;

    // Makes what `make` gives for a head and a new revision the new head; null when it gives nothing.
    private async ValueTask<StoredRecord?> AppendAsync(
        AccountAddress address, long? expectedRevision, Func<StoredRecord?, long, StoredRecord?> make, CancellationToken cancellationToken)
    {
        feed.Start();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var head = await reader.ReadAsync(address, cancellationToken).ConfigureAwait(false);
            if (expectedRevision is { } expected && !IsExpected(expected, head))
            {
                throw Conflict(address, expected, head);
            }

            if (make(head, NextRevision(address, head)) is not { } record)
            {
                return null;
            }

            if (await TryAppendAsync(record, head?.ETag, address.Name, cancellationToken).ConfigureAwait(false))
            {
                return record;
            }
        }

        throw new AccountConflictException(address.Name, $"Account '{address.Name}' is being written by others without a pause; {Attempts} attempts found another revision each time.");
    }

    private async ValueTask<bool> TryAppendAsync(StoredRecord record, string? expectedETag, string name, CancellationToken cancellationToken)
    {
        feed.Expect(record.Key, record.Revision);
        var appended = false;
        try
        {
            return appended = await store.TryAppendAsync(record, expectedETag, options.Value.KeepRevisions, cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            // A call that throws may have taken effect: our own write is known by its bytes.
            if (await IsHeadAsync(record, cancellationToken).ConfigureAwait(false))
            {
                return appended = true;
            }

            throw reader.StoreFailed(name, exception);
        }
        finally
        {
            if (!appended)
            {
                // Written or not, by us or by others: nobody knows here, so the next caller reads.
                feed.Forget(record.Key, record.Revision);
                reads.MarkOutdated(record.Key.Partition, record.Key.Name);
            }
        }
    }

    private async ValueTask<bool> IsHeadAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(record.Key, cancellationToken).ConfigureAwait(false) is { } head
                && head.Revision == record.Revision
                && head.IsDeleted == record.IsDeleted
                && head.Payload.Span.SequenceEqual(record.Payload.Span);
        }
        catch (Exception)
        {
            // Then nobody knows, and the first failure says so.
            return false;
        }
    }

    // Also above a mark higher than the head: a restored backup that nobody has accepted yet must not give the number out a second time.
    private long NextRevision(AccountAddress address, StoredRecord? head)
    {
        var highest = Math.Max(head?.Revision ?? 0, marks[address]);
        return highest < long.MaxValue
            ? Math.Max(highest + 1, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
            : throw new AccountSealException(address.Name, AccountSealFailure.Malformed, $"The stored row of account '{address.Name}' has a revision that nothing can follow. Purge the row and save the account anew.");
    }
}
