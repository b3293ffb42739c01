namespace Digibee.Accounts;

/// <summary>Compares addresses, whole or in parts: a cache keyed by addresses is asked by name without making one.</summary>
internal sealed class AccountAddressComparer : IEqualityComparer<AccountAddress>, IAlternateEqualityComparer<PartitionedName, AccountAddress>
{
    public static AccountAddressComparer Instance { get; } = new();

    public bool Equals(AccountAddress? x, AccountAddress? y) => x == y;

    public int GetHashCode(AccountAddress obj) => obj.GetHashCode();

    public bool Equals(PartitionedName alternate, AccountAddress other) =>
        string.Equals(alternate.Name, other.Name, StringComparison.Ordinal) && string.Equals(alternate.Partition, other.Partition, StringComparison.Ordinal);

    public int GetHashCode(PartitionedName alternate) => AccountAddress.GetHashCode(alternate.Partition, alternate.Name);

    public AccountAddress Create(PartitionedName alternate)
    {
        var slash = alternate.Partition.IndexOf('/', StringComparison.Ordinal);
        return new AccountAddress(alternate.Partition[..slash], alternate.Partition[(slash + 1)..], alternate.Name);
    }
}
