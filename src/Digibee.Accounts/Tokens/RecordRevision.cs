namespace Digibee.Accounts;

/// <summary>Chooses the revision of the next row: greater than the head's, and the time where that is.</summary>
internal static class RecordRevision
{
    public static long Next(long head, TimeProvider time) => Math.Max(checked(head + 1), (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}
