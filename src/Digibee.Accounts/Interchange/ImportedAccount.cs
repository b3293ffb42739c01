namespace Digibee.Accounts;

/// <summary>An account that was read and not written yet.</summary>
/// <param name="Position">Where it stood, from 1.</param>
/// <param name="Account">The account.</param>
internal readonly record struct ImportedAccount(int Position, Account Account);
