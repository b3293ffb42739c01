namespace Digibee.Accounts;

/// <summary>One account to save.</summary>
/// <param name="Account">The account.</param>
/// <param name="ExpectedRevision">The revision it replaces; 0 when there is none.</param>
/// <param name="Previous">What it replaces; <see langword="null"/> when there is none, or when that does not open.</param>
internal sealed record AccountImportStep(Account Account, long ExpectedRevision, Account? Previous);
