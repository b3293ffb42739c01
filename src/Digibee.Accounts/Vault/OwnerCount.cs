namespace Digibee.Accounts;

/// <summary>Counts the owners of what the last of them wipes. It begins with one. Safe for concurrent use, in a field that is neither copied nor read-only.</summary>
internal struct OwnerCount()
{
    private int _owners = 1;

    /// <summary>Adds an owner, unless the last one has gone already.</summary>
    public bool TryAdd()
    {
        for (var owners = Volatile.Read(ref _owners); owners > 0;)
        {
            var found = Interlocked.CompareExchange(ref _owners, owners + 1, owners);
            if (found == owners)
            {
                return true;
            }

            owners = found;
        }

        return false;
    }

    /// <summary>Takes an owner away. Returns whether it was the last.</summary>
    public bool Remove() => Interlocked.Decrement(ref _owners) == 0;
}
