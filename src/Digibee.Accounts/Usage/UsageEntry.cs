namespace Digibee.Accounts;

/// <summary>When a client used a revision, in ticks of UTC. Written by many requests at once: the later time wins, nearly always, and nobody waits.</summary>
internal sealed class UsageEntry
{
    // A request a microsecond would otherwise take the same memory from processor to processor.
    private const long Resolution = TimeSpan.TicksPerSecond;

    private long _usedAt;
    private long _refusedAt;
    private int _isUnsaved;

    public long UsedAt => Volatile.Read(ref _usedAt);

    public void NoteUse(long now) => Note(ref _usedAt, now);

    public void NoteRefusal(long now) => Note(ref _refusedAt, now);

    /// <summary>Tells whether something was noted since the last time.</summary>
    public bool TakeUnsaved() => Interlocked.Exchange(ref _isUnsaved, 0) != 0;

    /// <summary>Says that the saving failed.</summary>
    public void GiveBack() => Volatile.Write(ref _isUnsaved, 1);

    public AccountUsage Describe(in UsageKey key) => new()
    {
        Client = key.Client,
        Revision = key.Revision,
        LastUsedAt = new DateTimeOffset(UsedAt, TimeSpan.Zero),
        LastRefusedAt = Volatile.Read(ref _refusedAt) is > 0 and var refusedAt ? new DateTimeOffset(refusedAt, TimeSpan.Zero) : null,
    };

    private void Note(ref long time, long now)
    {
        if (now - Volatile.Read(ref time) >= Resolution)
        {
            Volatile.Write(ref time, now);
            Volatile.Write(ref _isUnsaved, 1);
        }
    }
}
