using System.Globalization;

namespace Digibee.Accounts;

internal static class ListFaults
{
    public static IReadOnlyList<StoreFault> All { get; } =
    [
        new("deleted heads are listed", "ListAsync hides a deleted head unless asked for it", static () => WithQuery(static query => query with { IncludeDeleted = true })),
        new("deleted heads are never listed", "ListAsync hides a deleted head unless asked for it", static () => WithQuery(static query => query with { IncludeDeleted = false })),
        new("kinds ignore case", "A listing holds the rows of its kind alone", static () => WithRows(static async (store, query) =>
            [.. await store.AllAsync(query), .. await store.AllAsync(query with { Kind = "Account" })])),
        new("names ignore case", "A name filter finds the name to the letter", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query with { Name = null })).Where(row => query.Name is null || row.Key.Name.Equals(query.Name, StringComparison.OrdinalIgnoreCase)))),
        new("names are patterns", "A name filter finds the name to the letter", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query with { Name = null })).Where(row => query.Name is null || Like(row.Key.Name, query.Name)))),
        new("a name is taken for a prefix", "A name filter finds the name to the letter", static () => WithQuery(static query => query with { Name = null, NamePrefix = query.Name })),
        new("prefixes are patterns of LIKE", "A prefix filter takes every character as itself", static () => WithPrefix(static (name, prefix) => Like(name, prefix + "%"))),
        new("prefixes ignore case", "A prefix filter takes every character as itself", static () => WithPrefix(static (name, prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))),
        new("prefixes are patterns of GLOB", "A prefix filter takes every character as itself", static () => WithPrefix(static (name, prefix) =>
            Matches(name, prefix + "*", many: '*', one: '?'))),
        new("prefixes know an escape character", "A prefix filter takes every character as itself", static () => WithPrefix(static (name, prefix) => name.StartsWith(prefix.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal))),
        new("a prefix need not be at the start", "A prefix filter takes every character as itself", static () => WithPrefix(static (name, prefix) => name.Contains(prefix, StringComparison.Ordinal))),
        new("the newest revision of the type is listed", "A type filter looks at the head, not at older revisions", static () => WithRows(static async (store, query) =>
            query.IncludeHistory ? await store.AllAsync(query) : (await store.AllAsync(query with { IncludeHistory = true })).GroupBy(static row => row.Key).Select(static rows => rows.Last()))),
        new("types ignore case", "A type filter looks at the head, not at older revisions", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query with { Type = null })).Where(row => query.Type is null || row.Type.Equals(query.Type, StringComparison.OrdinalIgnoreCase)))),
        new("an expiry equal to the time is listed", "An expiry filter is exclusive, to the millisecond, and leaves out rows without expiry", static () => WithQuery(static query =>
            query.ExpiresBefore is { } time && time < DateTimeOffset.MaxValue ? query with { ExpiresBefore = time.AddMilliseconds(1) } : query)),
        new("no expiry counts as the earliest", "An expiry filter is exclusive, to the millisecond, and leaves out rows without expiry", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query with { ExpiresBefore = null })).Where(row => row.ExpiresAt is not { } time || query.ExpiresBefore is not { } before || time < before))),
        new("expiries are compared as unsigned numbers", "An expiry filter is exclusive, to the millisecond, and leaves out rows without expiry", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query)).Where(static row => row.ExpiresAt is not { } time || time.ToUnixTimeMilliseconds() >= 0))),
        new("with a name, the prefix is not looked at", "Filters narrow each other, in a listing of history too", static () => WithQuery(static query => query.Name is null ? query : query with { NamePrefix = null })),
        new("with a type, the expiry is not looked at", "Filters narrow each other, in a listing of history too", static () => WithQuery(static query => query.Type is null ? query : query with { ExpiresBefore = null })),
        new("in a listing of history, filters are not looked at", "Filters narrow each other, in a listing of history too", static () => WithQuery(static query => query.IncludeHistory ? query with { Type = null } : query)),
        new("payloads are always listed", "Payloads are listed only when asked for", static () => WithQuery(static query => query with { IncludePayload = true })),
        new("payloads are never listed", "Payloads are listed only when asked for", static () => WithQuery(static query => query with { IncludePayload = false })),
        new("names are sorted without regard to case", "Names are listed in the order of their bytes", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Partition, right.Partition), string.Compare(left.Name, right.Name, StringComparison.OrdinalIgnoreCase), string.CompareOrdinal(left.Name, right.Name), left.Revision.CompareTo(right.Revision)))),
        new("names are sorted without regard to hyphens", "Names are listed in the order of their bytes", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Partition, right.Partition), string.CompareOrdinal(Words(left.Name), Words(right.Name)), string.CompareOrdinal(left.Name, right.Name), left.Revision.CompareTo(right.Revision)))),
        new("names are sorted before partitions", "Partitions are listed in the order of their bytes, and before names", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Name, right.Name), string.CompareOrdinal(left.Partition, right.Partition), left.Revision.CompareTo(right.Revision)))),
        new("partition and name are sorted as one text", "Partitions are listed in the order of their bytes, and before names", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal($"{left.Partition}/{left.Name}", $"{right.Partition}/{right.Name}"), left.Revision.CompareTo(right.Revision)))),
        new("the empty partition means all", "Partitions are listed in the order of their bytes, and before names", static () => WithQuery(static query => query.Partition is "" ? query with { Partition = null } : query)),
        new("a partition is taken for a prefix", "Partitions are listed in the order of their bytes, and before names", static () => WithRows(static async (store, query) =>
            (await store.AllAsync(query with { Partition = null })).Where(row => row.Key.Partition.StartsWith(query.Partition ?? "", StringComparison.Ordinal)))),
        new("revisions are sorted as texts", "A key's history is listed in the order of its revisions", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Partition, right.Partition), string.CompareOrdinal(left.Name, right.Name), string.CompareOrdinal(Text(left.Revision), Text(right.Revision))))),
        new("the newest revision is listed first", "A key's history is listed in the order of its revisions", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Partition, right.Partition), string.CompareOrdinal(left.Name, right.Name), right.Revision.CompareTo(left.Revision)))),
        new("a page of history begins behind the key", "A key's history is listed in the order of its revisions", static () => WithQuery(static query =>
            query.After is { } after ? query with { After = after with { Revision = long.MaxValue } } : query)),
        new("the last page points to itself", "A listing of nothing ends", static () => new BrokenStore
        {
            List = static async (store, query) => await store.Inner.ListAsync(query) is var page && page.Next is null ? page with { Next = query.After ?? new RecordPosition("", "", 0) } : page,
        }),
        new("a page holds one row more than its limit", "A page holds at most as many rows as its limit, and 100 without one", static () => WithQuery(static query => query with { Limit = Math.Min(query.Limit + 1, 1_000) })),
        new("a page is the last when it is not full", "A page holds at most as many rows as its limit, and 100 without one", static () => new BrokenStore
        {
            // A store with pages of 150 of its own.
            List = static async (store, query) => await store.Inner.ListAsync(query with { Limit = Math.Min(query.Limit, 150) }) is var page && page.Records.Count < query.Limit ? page with { Next = null } : page,
        }),
        new("a listing ends after 2,000 rows", "Pages of 1,000 rows and of 7 go through 2,500 rows", static () => new BrokenStore
        {
            List = static async (store, query) => await store.Inner.ListAsync(query) is var page && page.Records.Count > 0 && page.Records[^1].Key.Name == "01999" ? page with { Next = null } : page,
        }),
        new("a position without a row is the start", "A page begins behind its position, whether a row stands there or not", static () => new BrokenStore
        {
            List = static async (store, query) => await store.Inner.ListAsync(
                query.After is { } after && !(await store.AllAsync(query with { After = null, IncludeHistory = true })).Exists(row => BrokenStore.Position(row) == after) ? query with { After = null } : query),
        }),
        new("a position is the row to begin with", "A page begins behind its position, whether a row stands there or not", static () => WithQuery(static query =>
            query.After is { Revision: > 0 } after ? query with { After = after with { Revision = after.Revision - 1, Name = query.IncludeHistory ? after.Name : after.Name[..^1] } } : query)),
        new("pages are counted off from the start", "Rows that stand all the time are listed once while others come and go", static () =>
        {
            var counted = new Dictionary<RecordPosition, int>();
            return new BrokenStore
            {
                List = async (store, query) =>
                {
                    var skipped = query.After is { } after ? counted[after] : 0;
                    var rows = await store.AllAsync(query with { After = null });
                    var page = rows.Skip(skipped).Take(query.Limit).ToList();
                    if (skipped + page.Count == rows.Count)
                    {
                        return new RecordPage(page, null);
                    }

                    counted[BrokenStore.Position(page[^1])] = skipped + page.Count;
                    return new RecordPage(page, BrokenStore.Position(page[^1]));
                },
            };
        }),
        new("pages of heads begin behind a revision", "A key whose head changes between pages is listed once", static () => Sorted(static (left, right) =>
            First(string.CompareOrdinal(left.Partition, right.Partition), string.CompareOrdinal(left.Name, right.Name), left.Revision.CompareTo(right.Revision)))),
    ];

    private static BrokenStore WithQuery(Func<RecordQuery, RecordQuery> change) => new() { List = (store, query) => store.Inner.ListAsync(change(query)) };

    private static BrokenStore WithPrefix(Func<string, string, bool> begins) => WithRows(async (store, query) =>
        (await store.AllAsync(query with { NamePrefix = null })).Where(row => query.NamePrefix is null || begins(row.Key.Name, query.NamePrefix)));

    // Another choice of rows, in pages that are right.
    private static BrokenStore WithRows(Func<BrokenStore, RecordQuery, Task<IEnumerable<StoredRecord>>> choose) => new()
    {
        List = async (store, query) =>
        {
            var rows = (await choose(store, query with { After = null })).OrderBy(static row => row.Key.Partition, StringComparer.Ordinal).ThenBy(static row => row.Key.Name, StringComparer.Ordinal).ThenBy(static row => row.Revision);
            return BrokenStore.Page(query, rows, static (row, after) => ContractOrder(BrokenStore.Position(row), after) > 0);
        },
    };

    // The right choice of rows, in another order.
    private static BrokenStore Sorted(Comparison<RecordPosition> order) => new()
    {
        List = async (store, query) =>
        {
            var rows = await store.AllAsync(query with { After = null });
            rows.Sort((left, right) => order(BrokenStore.Position(left), BrokenStore.Position(right)));
            return BrokenStore.Page(query, rows, (row, after) => order(BrokenStore.Position(row), after) > 0);
        },
    };

    private static int ContractOrder(RecordPosition left, RecordPosition right) =>
        First(string.CompareOrdinal(left.Partition, right.Partition), string.CompareOrdinal(left.Name, right.Name), left.Revision.CompareTo(right.Revision));

    private static int First(params ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static bool Like(string text, string pattern) => Matches(text, pattern, many: '%', one: '_');

    private static bool Matches(string text, string pattern, char many, char one) => pattern.Length == 0
        ? text.Length == 0
        : pattern[0] == many
            ? Matches(text, pattern[1..], many, one) || (text.Length > 0 && Matches(text[1..], pattern, many, one))
            : text.Length > 0 && (pattern[0] == one || pattern[0] == text[0]) && Matches(text[1..], pattern[1..], many, one);

    private static string Words(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);

    private static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
