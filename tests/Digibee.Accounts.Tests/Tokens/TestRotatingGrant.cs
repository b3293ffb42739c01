namespace Digibee.Accounts;

/// <summary>A person's grant at a <see cref="TestProvider"/>.</summary>
internal sealed class TestRotatingGrant(TestProvider provider, TimeProvider time)
    : TokenGrant(new OpenedAccount(Account, 1, VaultFixture.Bearer("a")), new TokenKey(null, Account, "f", provider.Proof))
{
    private static readonly AccountAddress Account = new("default", "test", "a");

    public override bool IsRecreatable => false;

    public override Task<TokenAnswer> RequestAsync(TokenSet? stored, CancellationToken cancellationToken) => provider.ExchangeAsync(stored, time.GetUtcNow());
}
