namespace Digibee.Accounts;

/// <summary>An account was saved, rolled back, deleted or purged.</summary>
/// <param name="Name">The name; <see langword="null"/> when anything may have changed.</param>
/// <param name="Revision">The new revision; 0 when it is not known.</param>
public readonly record struct AccountChange(string? Name, long Revision);
