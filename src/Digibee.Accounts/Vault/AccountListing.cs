using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Lists rows, page by page, as summaries. Nothing is opened, so nothing is authentic.</summary>
internal sealed class AccountListing(IAccountStore store, AccountReader reader, ILogger<AccountVault> logger)
{
    private const int PageSize = 200;

    // A payload may take a megabyte.
    private const int PayloadPageSize = 20;

    public static AccountSummary Describe(AccountAddress address, StoredRecord record, AccountMetadata? metadata) => new()
    {
        Address = address,
        Type = AccountType.FromSlug(record.Type),
        Revision = record.Revision,
        IsDeleted = record.IsDeleted,
        Description = metadata?.Description,
        ExpiresAt = metadata?.ExpiresAt,
        KnownExpiry = metadata?.KnownExpiry,
        AllowedOrigins = metadata?.Origins ?? AllowedOrigins.None,
        Projects = metadata?.Projects ?? NameList.Empty,
        Facts = metadata?.Facts ?? AccountFacts.Empty,
    };

    public async IAsyncEnumerable<AccountSummary> ListAsync(string realm, string environment, AccountQuery? query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = RowsOf($"{realm}/{environment}", query) with { IncludeDeleted = query?.IncludeDeleted ?? false, Limit = PageSize };
        await foreach (var record in ReadAsync(rows, accountName: null, cancellationToken).ConfigureAwait(false))
        {
            if (AccountAddress.IsPart(record.Key.Name))
            {
                yield return Describe(new AccountAddress(realm, environment, record.Key.Name), record);
            }
            else
            {
                logger.MalformedRowSkipped(rows.Partition!, record.Revision);
            }
        }
    }

    /// <summary>Lists the rows themselves, with what is sealed, in order of name. Deleted ones are left out.</summary>
    public IAsyncEnumerable<StoredRecord> ReadRowsAsync(string partition, AccountQuery? query, CancellationToken cancellationToken) =>
        ReadAsync(RowsOf(partition, query) with { IncludePayload = true, Limit = PayloadPageSize }, accountName: null, cancellationToken);

    /// <summary>Lists the kept revisions, newest first. They are few: a store keeps a hundred at most.</summary>
    public async IAsyncEnumerable<AccountSummary> GetHistoryAsync(AccountAddress address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new List<StoredRecord>();
        await foreach (var record in ReadAsync(HistoryOf(address, withPayload: false), address.Name, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
        }

        for (var i = records.Count - 1; i >= 0; i--)
        {
            yield return Describe(address, records[i]);
        }
    }

    /// <summary>Finds a kept revision with its payload.</summary>
    public async ValueTask<StoredRecord?> FindAsync(AccountAddress address, long revision, CancellationToken cancellationToken)
    {
        await foreach (var record in ReadAsync(HistoryOf(address, withPayload: true), address.Name, cancellationToken).ConfigureAwait(false))
        {
            if (record.Revision == revision)
            {
                return record;
            }
        }

        return null;
    }

    private static RecordQuery RowsOf(string partition, AccountQuery? query) => new()
    {
        Kind = RecordKinds.Account,
        Partition = partition,
        NamePrefix = query?.NamePrefix,
        Type = query?.Type?.Slug,
        ExpiresBefore = query?.ExpiresBefore,
    };

    private static RecordQuery HistoryOf(AccountAddress address, bool withPayload) => new()
    {
        Kind = RecordKinds.Account,
        Partition = address.Partition,
        Name = address.Name,
        IncludeDeleted = true,
        IncludeHistory = true,
        IncludePayload = withPayload,
    };

    private AccountSummary Describe(AccountAddress address, StoredRecord record)
    {
        var metadata = AccountMetadata.TryParse(record.Metadata.Span);
        if (metadata is null)
        {
            logger.MalformedMetadata(address.Name, record.Revision);
        }

        return Describe(address, record, metadata);
    }

    private async IAsyncEnumerable<StoredRecord> ReadAsync(RecordQuery query, string? accountName, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecordPage page;
        do
        {
            try
            {
                page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
            {
                throw reader.StoreFailed(accountName, exception);
            }

            foreach (var record in page.Records)
            {
                yield return record;
            }

            query = query with { After = page.Next };
        }
        while (page.Next is not null);
    }
}
