namespace Digibee.Accounts;

/// <summary>What a file of another program gave: accounts that are not saved yet, and everything that could not become one.</summary>
/// <param name="Accounts">The accounts. Most have no origins: set them with a <c>with</c> expression.</param>
/// <param name="Unsupported">What was left out, each with its reason. Nothing is left out without standing here.</param>
public sealed record AccountImport(IReadOnlyList<Account> Accounts, IReadOnlyList<AccountImportProblem> Unsupported);
