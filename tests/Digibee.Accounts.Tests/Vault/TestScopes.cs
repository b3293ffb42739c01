using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>Scopes for tests that need one, or several that differ, and no vault.</summary>
internal static class TestScopes
{
    private static readonly ConcurrentDictionary<long, AccountScope> Scopes = new();

    // One, since a scope's number is its program's.
    private static readonly IAccountVault Vault = TestAccounts.Create().Vault;

    /// <summary>Gives a scope; always the same for one number, and none for 0.</summary>
    public static AccountScope? Numbered(long number) => number == 0 ? null : Scopes.GetOrAdd(number, static _ => Vault.BeginScope());
}
