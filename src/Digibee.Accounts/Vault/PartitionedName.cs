namespace Digibee.Accounts;

/// <summary>An account's address in two parts, to look one up without making it.</summary>
/// <param name="Partition"><c>realm/environment</c>.</param>
/// <param name="Name">The account's name; any text.</param>
internal readonly record struct PartitionedName(string Partition, string Name);
