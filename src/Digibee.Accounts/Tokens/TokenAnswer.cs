namespace Digibee.Accounts;

/// <summary>What came of one attempt at a token: tokens, or why not.</summary>
internal readonly record struct TokenAnswer
{
    private TokenAnswer(TokenSet? tokens, TokenError? error)
    {
        Tokens = tokens;
        Error = error;
    }

    public TokenSet? Tokens { get; }

    public TokenError? Error { get; }

    public static implicit operator TokenAnswer(TokenSet tokens) => new(tokens, null);

    public static implicit operator TokenAnswer(TokenError error) => new(null, error);
}
