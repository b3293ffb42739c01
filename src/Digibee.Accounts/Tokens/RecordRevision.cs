namespace Digibee.Accounts;

/// <summary>Chooses the revision of the next row: greater than the head's, and the time where that is.</summary>
internal static class RecordRevision
{
    public static long Next(long head, TimeProvider time) => Math.Max(checked(head + 1), Of(time.GetUtcNow()));

    /// <summary>Gives a time as rows number it, in Unix microseconds.</summary>
    public static long Of(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
