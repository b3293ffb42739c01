namespace Digibee.Accounts;

/// <summary>What stands for a provider: hands out numbered tokens, until a test says otherwise.</summary>
internal sealed class TestGrantSource(TimeProvider time)
{
    private int _requests;

    public TestGrantSource(TimeProvider time, string proof)
        : this(time) => Proof = new Secret(proof);

    public Secret Proof { get; } = new("proof");

    public bool IsRecreatable { get; set; } = true;

    public int Requests => Volatile.Read(ref _requests);

    public Task Gate { get; set; } = Task.CompletedTask;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets what an exchange gives for what is stored.</summary>
    public Func<TokenSet?, TokenAnswer> Exchange
    {
        get => field ?? (_ => Tokens($"token-{Requests}"));
        set;
    }

    public TokenSet Tokens(string token, string? refreshToken = null, string? login = null) => new()
    {
        AccessToken = new Secret(token),
        TokenType = "Bearer",
        ObtainedAt = time.GetUtcNow(),
        ExpiresAt = time.GetUtcNow() + Lifetime,
        RefreshToken = refreshToken is null ? null : new Secret(refreshToken),
        Login = login,
        Proof = Proof,
    };

    public TestGrant Grant(long stamp = 1, string name = "a", long scopeId = 0)
    {
        var address = new AccountAddress("default", "test", name);
        var opened = new OpenedAccount(address, stamp, VaultFixture.Bearer(name), TestScopes.Numbered(scopeId));
        return new TestGrant(this, opened, new TokenKey(opened.Scope, address, "f", Proof), stamp);
    }

    public void Begun() => Interlocked.Increment(ref _requests);
}
