namespace Digibee.Accounts;

/// <summary>Where a record lives. Compared and sorted by the bytes of its parts (all are visible ASCII, <c>!</c> to <c>~</c>); in SQL use the binary or "C" collation.</summary>
/// <param name="Kind">What it is: <c>account</c>, <c>token</c>, <c>lease</c>, <c>key-ring</c>, <c>job</c>. A store treats it as text. 1 to 32 characters.</param>
/// <param name="Partition"><c>realm/environment</c>; empty for key rings and jobs. At most 129 characters.</param>
/// <param name="Name">The account's name, or a name the library derives from it. 1 to 255 characters.</param>
public readonly record struct RecordKey(string Kind, string Partition, string Name);
