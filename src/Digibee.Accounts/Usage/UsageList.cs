namespace Digibee.Accounts;

/// <summary>Puts together what several nodes know of one account.</summary>
internal static class UsageList
{
    /// <summary>The most that are kept of one account.</summary>
    public const int Capacity = 100;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>Gives one entry for each client and revision, with the later of the times; the latest use first. What is older than 90 days goes, and then what is oldest.</summary>
    public static List<AccountUsage> Merge(IReadOnlyList<AccountUsage> stored, IReadOnlyList<AccountUsage> noted, DateTimeOffset now)
    {
        var merged = new Dictionary<(string Client, long Revision), AccountUsage>();
        Add(stored);
        Add(noted);
        var list = new List<AccountUsage>(merged.Values);
        list.RemoveAll(usage => usage.LastUsedAt < now - Retention);
        list.Sort(static (one, other) => other.LastUsedAt.CompareTo(one.LastUsedAt));
        list.RemoveRange(Math.Min(list.Count, Capacity), Math.Max(0, list.Count - Capacity));
        return list;

        void Add(IReadOnlyList<AccountUsage> usages)
        {
            foreach (var usage in usages)
            {
                var key = (usage.Client, usage.Revision);
                merged[key] = merged.TryGetValue(key, out var other)
                    ? usage with { LastUsedAt = Later(usage.LastUsedAt, other.LastUsedAt)!.Value, LastRefusedAt = Later(usage.LastRefusedAt, other.LastRefusedAt) }
                    : usage;
            }
        }
    }

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => other is null || one > other ? one : other;
}
