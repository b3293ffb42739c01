namespace Digibee.Accounts;

/// <summary>A lease that is held.</summary>
internal sealed record TokenLease(RecordKey Key, string ETag, long Revision);
