using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Tokens in the store: a sealed row for each grant, bound to its kind, address and fingerprint, swapped in by the store's tag. No history: an old refresh token is of use to nobody honest.</summary>
internal sealed class TokenRows(IAccountStore store, AccountSealer sealer, AccountReader reader, TimeProvider time)
{
    /// <summary>The type that the seal binds. No account type is called so: neither kind of row opens as the other.</summary>
    public const string Type = "token";

    // A store that hangs is down.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);

    private static readonly string[] Kinds = [RecordKinds.Token, RecordKinds.Lease];

    private static readonly byte[] Metadata = AccountMetadata.Deleted;

    public static RecordKey RowKeyOf(TokenKey key) => new(RecordKinds.Token, key.Address.Partition, key.RowName);

    /// <summary>Reads a row; <see langword="null"/> when there is none.</summary>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    /// <exception cref="AccountSealException">The row does not open, or holds no tokens of this version. It is left as it is.</exception>
    public async Task<TokenRow?> ReadAsync(TokenKey key, CancellationToken cancellationToken)
    {
        var record = await GetAsync(key, cancellationToken).ConfigureAwait(false);
        return record is null ? null : new TokenRow(record.IsDeleted ? null : Open(key, record), record.ETag, record.Revision);
    }

    /// <summary>Reads the place of a row and not its tokens: whatever they are, they are about to be replaced.</summary>
    /// <exception cref="AccountUnavailableException">The store failed.</exception>
    public async Task<TokenRow?> ReadHeadAsync(TokenKey key, CancellationToken cancellationToken)
    {
        var record = await GetAsync(key, cancellationToken).ConfigureAwait(false);
        return record is null ? null : new TokenRow(Tokens: null, record.ETag, record.Revision);
    }

    /// <summary>Saves tokens in place of the row that was read; <see langword="null"/> when somebody else was faster.</summary>
    /// <exception cref="AccountUnavailableException">The store failed, and the tokens are not known to be saved.</exception>
    public async Task<TokenRow?> TrySaveAsync(TokenKey key, TokenSet tokens, TokenRow? expected, CancellationToken cancellationToken)
    {
        var record = Seal(key, tokens, RecordRevision.Next(expected?.Revision ?? 0, time));
        try
        {
            var etag = await store.TryAppendAsync(record, expected?.ETag, keep: 1, cancellationToken).AsTask().WaitAsync(LongestCall, time, cancellationToken).ConfigureAwait(false);
            return etag is null ? null : new TokenRow(tokens, etag, record.Revision);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            // A call that throws may have taken effect: our own write is known by its bytes.
            var head = await GetAsync(key, cancellationToken).ConfigureAwait(false);
            return head is not null && head.Revision == record.Revision && head.Payload.Span.SequenceEqual(record.Payload.Span)
                ? new TokenRow(tokens, head.ETag, head.Revision)
                : throw reader.StoreFailed(key.Address.Name, exception);
        }
    }

    /// <summary>Removes every row of an account that was deleted, leases included.</summary>
    public async Task PurgeAsync(AccountAddress address, CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            var query = new RecordQuery { Kind = kind, Partition = address.Partition, NamePrefix = $"{address.Name}#", IncludeDeleted = true, Limit = 100 };
            await PurgeAsync(query, address.Name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PurgeAsync(RecordQuery query, string accountName, CancellationToken cancellationToken)
    {
        try
        {
            RecordPage page;
            do
            {
                page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
                foreach (var record in page.Records)
                {
                    await store.TryPurgeAsync(record.Key, record.ETag!, cancellationToken).ConfigureAwait(false);
                }

                query = query with { After = page.Next };
            }
            while (page.Next is not null);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(accountName, exception);
        }
    }

    private async Task<StoredRecord?> GetAsync(TokenKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(RowKeyOf(key), cancellationToken).AsTask().WaitAsync(LongestCall, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (AccountReader.IsStoreFailure(exception, cancellationToken))
        {
            throw reader.StoreFailed(key.Address.Name, exception);
        }
    }

    private StoredRecord Seal(TokenKey key, TokenSet tokens, long revision)
    {
        using var output = new SecretBufferWriter();
        using (var writer = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(writer, tokens, TokenJson.Default.TokenSet);
        }

        using var payload = output.ToSecretBuffer();
        return new StoredRecord
        {
            Key = RowKeyOf(key),
            Revision = revision,
            Type = Type,
            Metadata = Metadata,
            Payload = sealer.Seal(ContextOf(key, revision, Metadata), payload.Span),
        };
    }

    private TokenSet Open(TokenKey key, StoredRecord record)
    {
        if (record.Revision <= 0 || record.Type != Type || record.Metadata.Length > AccountMetadata.MaxLength)
        {
            throw Unreadable(key, AccountSealFailure.Malformed);
        }

        try
        {
            using var payload = sealer.Open(ContextOf(key, record.Revision, record.Metadata.Span), record.Payload.Span);
            return JsonSerializer.Deserialize(payload.Span, TokenJson.Default.TokenSet) ?? throw Unreadable(key, AccountSealFailure.InvalidPayload);
        }
        catch (AccountSealException exception)
        {
            throw Unreadable(key, exception.Reason);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw Unreadable(key, AccountSealFailure.InvalidPayload);
        }
    }

    private static SealContext ContextOf(TokenKey key, long revision, ReadOnlySpan<byte> metadata) =>
        new() { Realm = key.Address.Partition, Name = key.RowName, Type = Type, Revision = (ulong)revision, Metadata = metadata };

    private static AccountSealException Unreadable(TokenKey key, AccountSealFailure reason) => new(
        key.Address.Name,
        reason,
        $"The stored tokens of account '{key.Address.Name}' do not open ({reason}). They were left as they are. Put the key that sealed them back into the ring; or delete the row '{key.RowName}' of kind '{RecordKinds.Token}', and the account is asked for anew.");
}
