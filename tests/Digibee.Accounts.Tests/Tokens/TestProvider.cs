using System.Collections.Concurrent;

namespace Digibee.Accounts;

/// <summary>A provider that rotates refresh tokens: each is good for one exchange.</summary>
internal sealed class TestProvider
{
    private readonly ConcurrentQueue<string> _exchanged = new();
    private readonly ConcurrentDictionary<string, bool> _consumed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Exchanged => _exchanged;

    public Secret Proof { get; } = new("person");

    public Task Gate { get; set; } = Task.CompletedTask;

    public Func<Task> OnExchange { get; set; } = static () => Task.CompletedTask;

    public void Consume(string refreshToken) => _consumed[refreshToken] = true;

    public TokenSet Tokens(DateTimeOffset now, string accessToken, string? refreshToken, string? login, TimeSpan lifetime) => new()
    {
        AccessToken = new Secret(accessToken),
        TokenType = "Bearer",
        ObtainedAt = now,
        ExpiresAt = now + lifetime,
        RefreshToken = refreshToken is null ? null : new Secret(refreshToken),
        Login = login,
        Proof = Proof,
    };

    public async Task<TokenAnswer> ExchangeAsync(TokenSet? stored, DateTimeOffset now)
    {
        if (stored?.RefreshToken?.Reveal() is not { } refreshToken)
        {
            return new TokenError(TokenErrorKind.Definitive, "Nobody has logged in.");
        }

        _exchanged.Enqueue(refreshToken);
        var number = _exchanged.Count;
        await Gate;
        await OnExchange();
        return _consumed.TryAdd(refreshToken, true)
            ? Tokens(now, $"a{number}", $"r{number}", stored.Login, TimeSpan.FromHours(1))
            : new TokenError(TokenErrorKind.InvalidGrant, "Used up.");
    }
}
