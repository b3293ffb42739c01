namespace Digibee.Accounts;

/// <summary>One row of tokens as it was read or written.</summary>
/// <param name="Tokens">The tokens; <see langword="null"/> when the row was deleted.</param>
/// <param name="ETag">The store's tag.</param>
/// <param name="Revision">The revision.</param>
internal sealed record TokenRow(TokenSet? Tokens, string? ETag, long Revision);
