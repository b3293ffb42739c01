using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>A store in front of another that counts, fails, waits and falls silent when a test says so: what a real one cannot be made to do on time.</summary>
internal sealed class TroubledStore(IAccountStore inner) : IAccountStore
{
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Gets or sets whether every call fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets or sets whether an append fails after it has taken effect.</summary>
    public bool LosesAcknowledgements { get; set; }

    /// <summary>Gets or sets whether the feed is a dead one: it says nothing, not even its first item.</summary>
    public bool HasDeadFeed { get; set; }

    /// <summary>Gets or sets what a read waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets what a read waits for when it has its answer.</summary>
    public Task GateAfterRead { get; set; } = Task.CompletedTask;

    /// <summary>Gets or sets what runs after an append has taken effect and before its caller hears of it.</summary>
    public Func<Task> AfterAppend { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets or sets what a read returns in place of the true head.</summary>
    public Func<StoredRecord?, StoredRecord?> Tamper { get; set; } = static head => head;

    /// <summary>Gets or sets what runs in a read, in its flow.</summary>
    public Action Observe { get; set; } = static () => { };

    public async ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        Observe();
        await Gate;
        ThrowIfDown();
        var head = Tamper(await inner.GetAsync(key, cancellationToken));
        await GateAfterRead;
        return head;
    }

    public async ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        var etag = await inner.TryAppendAsync(record, expectedETag, keep, cancellationToken);
        await AfterAppend();
        cancellationToken.ThrowIfCancellationRequested();
        return LosesAcknowledgements ? throw new IOException("The connection was lost.") : etag;
    }

    public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) =>
        inner.TryReplaceAsync(record, expectedETag, cancellationToken);

    public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) =>
        inner.TryPurgeAsync(key, expectedETag, cancellationToken);

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ThrowIfDown();
        return inner.ListAsync(query, cancellationToken);
    }

    public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (HasDeadFeed)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (IsDown)
        {
            throw new IOException("The store is down.");
        }

        await foreach (var change in inner.WatchAsync(cancellationToken))
        {
            yield return change;
        }
    }

    private void ThrowIfDown()
    {
        if (IsDown)
        {
            throw new IOException("The store is down.");
        }
    }
}
