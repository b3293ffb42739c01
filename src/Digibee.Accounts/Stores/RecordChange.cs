namespace Digibee.Accounts;

/// <summary>Something was appended or purged. With <paramref name="Key"/> <see langword="null"/>, anything may have been.</summary>
public readonly record struct RecordChange(RecordKey? Key, long Revision);
