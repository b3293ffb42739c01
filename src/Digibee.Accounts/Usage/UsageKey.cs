namespace Digibee.Accounts;

/// <summary>Which client used which revision of which account.</summary>
internal readonly record struct UsageKey(AccountAddress Address, long Revision, string Client);
