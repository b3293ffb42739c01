namespace Digibee.Accounts;

/// <summary>What <c>UseAccount</c> says of one HTTP client.</summary>
/// <param name="ClientName">The client's name; <see langword="null"/> for every client that has no registration of its own.</param>
/// <param name="Accounts">The accounts' names.</param>
/// <param name="Configure">Sets the client's options.</param>
internal sealed record AccountClientRegistration(string? ClientName, string[] Accounts, Action<AccountClientOptions>? Configure);
