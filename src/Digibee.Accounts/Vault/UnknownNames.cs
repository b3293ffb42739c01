using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Names that the store did not know a moment ago, so that asking again and again costs no reads. Bounded, and apart from the accounts: guessing names evicts none of them.</summary>
internal sealed class UnknownNames(TimeProvider time, IOptions<DigibeeAccountsOptions> options)
{
    private const int Capacity = 10_000;

    private readonly TimeSpan _keep = options.Value.NotFoundCacheTime;
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountAddress, long> _names = new(AccountAddressComparer.Instance);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _names.Count;
            }
        }
    }

    public bool Contains(AccountAddress address)
    {
        lock (_lock)
        {
            return _names.TryGetValue(address, out var since) && time.GetElapsedTime(since) < _keep;
        }
    }

    public void Add(AccountAddress address)
    {
        lock (_lock)
        {
            if (_names.Count >= Capacity)
            {
                // They live for seconds: starting over costs a read each at worst.
                _names.Clear();
            }

            _names[address] = time.GetTimestamp();
        }
    }

    public void Remove(string partition, string name)
    {
        lock (_lock)
        {
            _names.GetAlternateLookup<PartitionedName>().Remove(new(partition, name));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _names.Clear();
        }
    }
}
