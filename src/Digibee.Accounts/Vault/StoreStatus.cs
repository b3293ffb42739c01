namespace Digibee.Accounts;

/// <summary>Whether the store answers. While it does not, cached accounts are served at once and the store is tried once a second, not once a request.</summary>
internal sealed class StoreStatus(TimeProvider time)
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _downSince;
    private long _probedAt;
    private volatile bool _isDown;

    public bool IsDown => _isDown;

    /// <summary>Gets how long the store has not answered; <see langword="null"/> while it does.</summary>
    public TimeSpan? DownFor
    {
        get
        {
            lock (_lock)
            {
                return _isDown ? time.GetElapsedTime(_downSince) : null;
            }
        }
    }

    /// <summary>Tells whether this caller is the one that tries the store now.</summary>
    public bool TakeProbe()
    {
        lock (_lock)
        {
            if (_isDown && time.GetElapsedTime(_probedAt) < ProbeInterval)
            {
                return false;
            }

            _probedAt = time.GetTimestamp();
            return true;
        }
    }

    public void Answered()
    {
        if (_isDown)
        {
            lock (_lock)
            {
                _isDown = false;
            }
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            if (!_isDown)
            {
                _downSince = time.GetTimestamp();
                _probedAt = _downSince;
                _isDown = true;
            }
        }
    }
}
