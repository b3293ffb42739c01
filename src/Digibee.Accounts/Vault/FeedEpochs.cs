namespace Digibee.Accounts;

/// <summary>The spans of time in which the feed was proved alive. Read from anywhere; changed under the feed's lock only.</summary>
internal sealed class FeedEpochs
{
    private const int Remembered = 16;

    private long _last;
    private long _alive;
    private volatile (long Epoch, long At)[] _ended = [];

    /// <summary>Gets the epoch that lasts; 0 when there is none.</summary>
    public long Alive => Volatile.Read(ref _alive);

    /// <summary>Gets when an epoch ended, if it was one of the last: its entries were current until then.</summary>
    public long? EndOf(long epoch)
    {
        foreach (var ended in _ended)
        {
            if (ended.Epoch == epoch)
            {
                return ended.At;
            }
        }

        return null;
    }

    public void Begin() => Volatile.Write(ref _alive, ++_last);

    public void End(long now)
    {
        var ended = _ended;
        _ended = [(Alive, now), .. ended.AsSpan(0, Math.Min(ended.Length, Remembered - 1))];
        Volatile.Write(ref _alive, 0);
    }
}
