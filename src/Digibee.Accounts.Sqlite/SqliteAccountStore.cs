using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>Rows in one SQLite file, shared by the processes of one machine. An acknowledged write survives a power cut. The file is opened at first use.</summary>
internal sealed class SqliteAccountStore : IAccountStore, IDisposable, IAsyncDisposable
{
    private readonly SqliteFile _file;
    private readonly SqliteSessions _sessions;
    private readonly TimeSpan _feedInterval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public SqliteAccountStore(string path, SqliteStoreOptions options, TimeProvider time, ILogger<SqliteAccountStore> logger)
    {
        _file = new SqliteFile(path, logger);
        _sessions = new SqliteSessions(_file, options.BusyTimeout);
        _feedInterval = options.FeedInterval;
        _time = time;
        _logger = logger;
    }

    /// <summary>Gets the connections, for tests of their limits.</summary>
    internal SqliteSessions Sessions => _sessions;

    public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckKey(key);
        return new(_sessions.ReadAsync(AccountName(key), session => SqliteRecords.Get(session, key, _file.Path, AccountName(key)), cancellationToken));
    }

    public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckAppend(record, keep);

        // A caller that cancels may use its buffers again while the write still runs.
        var row = record with { ExpiresAt = RecordRules.Expiry(record.ExpiresAt), Metadata = record.Metadata.ToArray(), Payload = record.Payload.ToArray() };
        return new(_sessions.WriteAsync(AccountName(row.Key), session => SqliteRecords.Append(session, row, expectedETag, keep), cancellationToken));
    }

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckReplace(record, expectedETag);
        var row = record with { Payload = record.Payload.ToArray() };
        return new(_sessions.WriteAsync(AccountName(row.Key), session => SqliteRecords.Replace(session, row, expectedETag), cancellationToken));
    }

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckKey(key);
        ArgumentNullException.ThrowIfNull(expectedETag);
        return new(_sessions.WriteAsync(AccountName(key), session => SqliteRecords.Purge(session, key, expectedETag), cancellationToken));
    }

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        RecordRules.CheckQuery(query);
        var pages = new SqlitePages(query, (name, reason) => _logger.UnreadableRowSkipped(query.Kind, name, reason));
        return new(_sessions.ReadAsync(null, pages.Read, cancellationToken));
    }

    public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Looked up anew each time: a watcher that stops reading holds nothing, and the changes wait for it in the file.
        SqlitePlace? place = null;
        while (true)
        {
            var batch = await _sessions.ReadAsync(null, session => SqliteChanges.Read(session, place), cancellationToken).ConfigureAwait(false);
            place = batch.Place;
            if (batch.IsInterrupted)
            {
                yield return default;
            }

            foreach (var change in batch.Changes)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return change;
            }

            if (!batch.HasMore)
            {
                await Task.Delay(_feedInterval, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _sessions.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? AccountName(RecordKey key) => key.Kind == RecordKinds.Account ? key.Name : null;
}
