namespace Digibee.Accounts;

/// <summary>The accounts of one state of the configuration. It never changes: the next state is another layer.</summary>
internal sealed class ConfiguredAccountLayer
{
    private readonly Dictionary<AccountAddress, ConfiguredAccount> _accounts = new(AccountAddressComparer.Instance);
    private readonly Dictionary<AccountAddress, ConfiguredAccount>.AlternateLookup<PartitionedName> _byName;

    public ConfiguredAccountLayer(IReadOnlyList<ConfiguredAccount> accounts)
    {
        foreach (var account in accounts)
        {
            _accounts.Add(account.Opened.Address, account);
        }

        _byName = _accounts.GetAlternateLookup<PartitionedName>();
    }

    public IReadOnlyCollection<ConfiguredAccount> Accounts => _accounts.Values;

    public ConfiguredAccount? Find(AccountAddress address) => _accounts.GetValueOrDefault(address);

    public ConfiguredAccount? Find(string partition, string name) => _byName.TryGetValue(new(partition, name), out var account) ? account : null;

    /// <summary>Gives what a listing of one partition asks for, in order of name.</summary>
    public ConfiguredAccount[] Select(string partition, AccountQuery? query)
    {
        var selected = _accounts.Values.Where(account => account.Opened.Address.Partition == partition && account.IsSelected(query)).ToArray();
        Array.Sort(selected, static (one, other) => string.CompareOrdinal(one.Opened.Address.Name, other.Opened.Address.Name));
        return selected;
    }
}
