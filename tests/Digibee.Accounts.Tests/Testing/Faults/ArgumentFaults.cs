namespace Digibee.Accounts;

internal static class ArgumentFaults
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("a key out of range reads as nothing", "Key parts outside their lengths are the caller's mistake", static () => new BrokenStore
        {
            Get = static (store, key) => key.Name.Length is > 0 and <= 255 ? store.Inner.GetAsync(key) : new((StoredRecord?)null),
        }),
        new("a kind that is too long is cut", "Key parts outside their lengths are the caller's mistake", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record.Key.Kind.Length > 32 ? record with { Key = record.Key with { Kind = record.Key.Kind[..32] } } : record, tag, keep),
        }),
        new("a partition that is too long is not found", "Key parts outside their lengths are the caller's mistake", static () => new BrokenStore
        {
            Purge = static (store, key, tag) => key.Partition.Length > 129 ? new(false) : store.Inner.TryPurgeAsync(key, tag),
        }),
        new("metadata that are too long are cut", "Bytes beyond the greatest lengths are the caller's mistake", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record.Metadata.Length > 16_384 ? record with { Metadata = record.Metadata[..16_384] } : record, tag, keep),
        }),
        new("a payload that is too long is refused like a stale tag", "Bytes beyond the greatest lengths are the caller's mistake", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => record.Payload.Length > 1_048_664 ? new((string?)null) : store.Inner.TryAppendAsync(record, tag, keep),
        }),
        new("a replacement may have any length", "Bytes beyond the greatest lengths are the caller's mistake", static () => new BrokenStore
        {
            Replace = static (store, record, tag) => store.Inner.TryReplaceAsync(record.Payload.Length > 1_048_664 ? record with { Payload = record.Payload[..1_048_664] } : record, tag),
        }),
        new("a deleted revision loses its payload", "A deleted revision with a payload is the caller's mistake", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record.IsDeleted ? record with { Payload = default } : record, tag, keep),
        }),
        new("keep is brought into its range", "A keep outside 1 to 100 is the caller's mistake", static () => new BrokenStore
        {
            Append = static (store, record, tag, keep) => store.Inner.TryAppendAsync(record, tag, Math.Clamp(keep, 1, 100)),
        }),
        new("a limit is brought into its range", "A limit outside 1 to 1,000 is the caller's mistake", static () => new BrokenStore
        {
            List = static (store, query) => store.Inner.ListAsync(query with { Limit = Math.Clamp(query.Limit, 1, 1_000) }),
        }),
        new("a limit of zero gives an empty page", "A limit outside 1 to 1,000 is the caller's mistake", static () => new BrokenStore
        {
            List = static (store, query) => query.Limit == 0 ? new(new RecordPage([], null)) : store.Inner.ListAsync(query),
        }),
    ];
}
