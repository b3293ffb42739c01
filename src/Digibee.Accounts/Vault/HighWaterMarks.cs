namespace Digibee.Accounts;

/// <summary>The highest revision seen of each account, so that a row put back from a backup or by an intruder is noticed. Bounded; the oldest marks are forgotten first.</summary>
internal sealed class HighWaterMarks(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountAddress, long> _marks = [];
    private readonly Queue<AccountAddress> _order = new();

    public long this[AccountAddress address]
    {
        get
        {
            lock (_lock)
            {
                return _marks.GetValueOrDefault(address);
            }
        }
    }

    /// <summary>Notes a revision that was authenticated, written here, or found deleted.</summary>
    public void Raise(AccountAddress address, long revision)
    {
        lock (_lock)
        {
            if (_marks.TryGetValue(address, out var mark))
            {
                if (revision > mark)
                {
                    _marks[address] = revision;
                }

                return;
            }

            Add(address, revision);
        }
    }

    /// <summary>Accepts a revision as the highest, lower or not.</summary>
    public void Reset(AccountAddress address, long revision)
    {
        lock (_lock)
        {
            if (!_marks.ContainsKey(address))
            {
                Add(address, revision);
            }
            else
            {
                _marks[address] = revision;
            }
        }
    }

    private void Add(AccountAddress address, long revision)
    {
        if (_marks.Count >= capacity)
        {
            _marks.Remove(_order.Dequeue());
        }

        _marks.Add(address, revision);
        _order.Enqueue(address);
    }
}
