namespace Digibee.Accounts;

/// <summary>What was written here and has yet to come back by the feed. One item a key: the feed may merge them, so the last revision is awaited, since the first was written.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class AwaitedEchoes(TimeProvider time)
{
    private const int Capacity = 1_024;

    private readonly Dictionary<RecordKey, (long Revision, long Since)> _echoes = [];

    public int Count => _echoes.Count;

    public void Add(RecordKey key, long revision)
    {
        var isAwaited = _echoes.TryGetValue(key, out var earlier);

        // Beyond the limit a write proves nothing, that is all.
        if (isAwaited || _echoes.Count < Capacity)
        {
            _echoes[key] = (revision, isAwaited ? earlier.Since : time.GetTimestamp());
        }
    }

    public void Remove(RecordKey key, long revision)
    {
        if (_echoes.TryGetValue(key, out var echo) && echo.Revision == revision)
        {
            _echoes.Remove(key);
        }
    }

    /// <summary>Notes what the feed says: our own write, or a later one that stands for it.</summary>
    public void Take(RecordKey key, long revision)
    {
        if (_echoes.TryGetValue(key, out var echo) && revision >= echo.Revision)
        {
            _echoes.Remove(key);
        }
    }

    public bool IsOverdue(TimeSpan limit)
    {
        foreach (var (_, since) in _echoes.Values)
        {
            if (time.GetElapsedTime(since) > limit)
            {
                return true;
            }
        }

        return false;
    }

    public void Clear() => _echoes.Clear();
}
