using Microsoft.Extensions.Configuration;

namespace Digibee.Accounts;

/// <summary>What one call of <c>AddAccounts</c> says.</summary>
/// <param name="Section">A section with a child for each account.</param>
/// <param name="Realm">The accounts' realm; <see langword="null"/> for the program's.</param>
/// <param name="Environment">The accounts' environment; <see langword="null"/> for the program's.</param>
internal sealed record AccountConfigurationRegistration(IConfiguration Section, string? Realm, string? Environment);
