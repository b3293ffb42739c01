namespace Digibee.Accounts;

/// <summary>The place of one row in <see cref="IAccountStore.ListAsync"/>'s order.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Name">The name.</param>
/// <param name="Revision">The revision.</param>
public readonly record struct RecordPosition(string Partition, string Name, long Revision);
