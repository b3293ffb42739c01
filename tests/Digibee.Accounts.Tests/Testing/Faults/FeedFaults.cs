using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

internal static class FeedFaults
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("the first item has a key", "A watcher's first item has no key, and comes without any change", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), static item => [item.Key is null ? new RecordChange(new RecordKey("account", "", "first"), 1) : item]),
        }),
        new("the feed ends at once", "A watcher's first item has no key, and comes without any change", static () => new BrokenStore
        {
            Watch = static (store, _) => AsyncEnumerable.Empty<RecordChange>(),
        }),
        new("purges are not told", "A watcher is told of appends, deletions and purges", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) =>
            {
                store.Memory[key] = (await store.Inner.GetAsync(key))!;
                return await store.Inner.TryPurgeAsync(key, tag);
            },
            Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), item => item.Key is { } key && store.Memory.ContainsKey(key) ? [] : [item]),
        }),
        new("only accounts are told", "A watcher is told of appends, deletions and purges", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), static item => item.Key is { Kind: not "account" } ? [] : [item]),
        }),
        new("each connection is told of its own writes", "A watcher is told of what another connection writes", static () =>
        {
            var shared = new InMemoryAccountStore();
            return () => new BrokenStore
            {
                Inner = shared,
                Append = static (store, record, tag, keep) =>
                {
                    store.Memory[record.Key] = record;
                    return store.Inner.TryAppendAsync(record, tag, keep);
                },
                Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), item => item.Key is { } key && !store.Memory.ContainsKey(key) ? [] : [item]),
            };
        }),
        new("replacements are told", "A watcher is not told of replacements", static () => new BrokenStore
        {
            Replace = static (store, record, tag) =>
            {
                store.Memory[record.Key] = record;
                return store.Inner.TryReplaceAsync(record, tag);
            },
            Watch = TellingAlsoOfMemory,
        }),
        new("refusals are told", "A watcher is not told of what was refused", static () => new BrokenStore
        {
            Purge = static async (store, key, tag) =>
            {
                store.Memory[key] = (await store.Inner.GetAsync(key))!;
                return await store.Inner.TryPurgeAsync(key, tag);
            },
            Watch = TellingAlsoOfMemory,
        }),
        new("an older change follows a newer one", "A watcher is told of one key's changes in their order", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), static item => item.Key is null ? [item] : [item, item with { Revision = item.Revision - 1 }]),
        }),
        new("a feed is followed once", "Every watcher is told, and a feed can be followed twice", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => Once(store.Inner.WatchAsync(cancellationToken), new StrongBox<int>(), cancellationToken),
        }),
        new("one watcher takes the items from the others", "Every watcher is told, and a feed can be followed twice", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), item =>
                item.Key is not { } key || store.Memory.TryAdd(key, new StoredRecord { Key = key, Revision = 1, Type = "", Metadata = default, Payload = default }) ? [item] : []),
        }),
        new("a late watcher is not told that it missed something", "A watcher that reads late knows of every change", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) =>
            {
                var begun = false;
                return BrokenStore.Feed(store.Inner.WatchAsync(cancellationToken), item =>
                {
                    var tell = item.Key is not null || !begun;
                    begun = true;
                    return tell ? [item] : [];
                });
            },
        }),
        new("a watcher cannot be cancelled", "A cancelled watcher ends", static () => new BrokenStore
        {
            Watch = static (store, _) => store.Inner.WatchAsync(CancellationToken.None),
        }),
        new("a cancelled watcher ends as if there were no more changes", "A cancelled watcher ends", static () => new BrokenStore
        {
            Watch = static (store, cancellationToken) => Quietly(store.Inner.WatchAsync(cancellationToken)),
        }),
    ];

    private static IAsyncEnumerable<RecordChange> TellingAlsoOfMemory(BrokenStore store, CancellationToken cancellationToken) => BrokenStore.Feed(
        store.Inner.WatchAsync(cancellationToken), item => [.. store.Memory.Values.Select(static row => new RecordChange(row.Key, row.Revision)), item], cancellationToken);

    private static async IAsyncEnumerable<RecordChange> Once(IAsyncEnumerable<RecordChange> feed, StrongBox<int> times, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref times.Value) == 1)
        {
            await foreach (var item in feed.WithCancellation(cancellationToken))
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<RecordChange> Quietly(IAsyncEnumerable<RecordChange> feed)
    {
        await using var items = feed.GetAsyncEnumerator();
        while (await MoveAsync())
        {
            yield return items.Current;
        }

        async Task<bool> MoveAsync()
        {
            try
            {
                return await items.MoveNextAsync();
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
