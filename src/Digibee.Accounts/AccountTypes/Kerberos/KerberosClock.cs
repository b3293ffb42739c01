namespace Digibee.Accounts;

/// <summary>The time as the realm's KDC has it: this machine's, corrected by what a ticket says that only the KDC can have made. Safe for concurrent use.</summary>
internal sealed class KerberosClock(TimeProvider time)
{
    // Within it, the difference may as well be the time that the answer took.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    // More than any number of requests at once takes, a microsecond each.
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(5);

    private long _offset;
    private long _lastTimestamp;

    /// <summary>Gets the time.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + Offset;

    /// <summary>Gets by how much this machine's clock is corrected.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref _offset));

    /// <summary>Gets a point in time for <see cref="Since"/>.</summary>
    public long Timestamp => time.GetTimestamp();

    /// <summary>Gives how long ago that was, however the clocks were set meanwhile.</summary>
    public TimeSpan Since(long timestamp) => time.GetElapsedTime(timestamp);

    /// <summary>Gives the microseconds in a second that have passed.</summary>
    public static long MicrosecondsOf(DateTimeOffset time) => time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;

    /// <summary>Gives how far this machine's clock is behind another.</summary>
    public TimeSpan DifferenceTo(DateTimeOffset other) => other - time.GetUtcNow();

    /// <summary>Takes the KDC's time from an answer that was decrypted with the client's key. What is unprotected moves no clock.</summary>
    public void Observe(DateTimeOffset authenticatedAt)
    {
        var difference = DifferenceTo(authenticatedAt);
        Interlocked.Exchange(ref _offset, difference.Duration() > Tolerance ? difference.Ticks : 0);
    }

    /// <summary>Gives a time that no other authenticator of this clock has, to the microsecond: services refuse a repeated one as a replay (RFC 4120, section 3.2.3).</summary>
    public DateTimeOffset NextTimestamp()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastTimestamp);
            var now = Now.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond;

            // Far ahead it is from before the clock was put back: to go on from there would be refused for the difference.
            var next = last - now > MostAhead.Ticks ? now : Math.Max(now, last + TimeSpan.TicksPerMicrosecond);
            if (Interlocked.CompareExchange(ref _lastTimestamp, next, last) == last)
            {
                return new DateTimeOffset(next, TimeSpan.Zero);
            }
        }
    }
}
