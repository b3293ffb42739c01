namespace Digibee.Accounts;

/// <summary>The place of one row in <see cref="IAccountStore.ListAsync"/>'s order.</summary>
public readonly record struct RecordPosition(string Partition, string Name, long Revision);
