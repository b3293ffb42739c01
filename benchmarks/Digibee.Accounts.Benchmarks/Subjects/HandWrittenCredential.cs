namespace Digibee.Accounts;

/// <summary>What a hand-written store keeps as JSON.</summary>
/// <param name="UserName">The user.</param>
/// <param name="Password">The password.</param>
internal sealed record HandWrittenCredential(string UserName, string Password);
