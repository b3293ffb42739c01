using Digibee.Accounts;

namespace Quickstart;

/// <summary>One account and what it is tried on.</summary>
/// <param name="Account">The account.</param>
/// <param name="Origin">Where the service listens for it.</param>
/// <param name="Path">The path of the service that takes this kind of credential and no other.</param>
/// <param name="Sent">What goes out, in words.</param>
internal sealed record Sample(Account Account, string Origin, string Path, string Sent);
