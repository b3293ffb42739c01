namespace Digibee.Accounts;

/// <summary>A header whose value holds expressions.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">The value, with expressions in it.</param>
internal sealed record AccountExpressionHeader(string Name, AccountExpressionText Value);
