using System.Runtime.CompilerServices;

namespace Digibee.Accounts;

/// <summary>A million distinct accounts ask for tokens, every tenth in vain: the memory this takes is bounded by the options, not by how many there were.</summary>
[Trait("Category", "Slow")]
public sealed class ManyTokensTests(ITestOutputHelper output)
{
    private const int Capacity = 1_000;
    private const int Accounts = 1_000_000;
    private const int WarmUp = 20_000;

    [Fact]
    public async Task GetAsync_OfAMillionAccounts_KeepsTheMemoryBounded()
    {
        await using var fixture = new VaultFixture(static options => options.CacheCapacity = Capacity, new ForgetfulStore());
        var engine = fixture.Get<TokenEngine>();
        var slots = fixture.Get<TokenSlots>();
        await AskAsync(0, WarmUp);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await AskAsync(WarmUp, Accounts);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{Accounts:N0} accounts, {slots.Count:N0} in memory, {grown / 1024:N0} KiB more than after {WarmUp:N0}");
        slots.Count.Should().BeInRange(1, Capacity);
        grown.Should().BeLessThan(16 * 1024 * 1024);

        async Task AskAsync(int from, int to)
        {
            var machine = new TestGrantSource(fixture.Time);
            var person = new TestGrantSource(fixture.Time) { IsRecreatable = false, Exchange = static _ => new TokenError(TokenErrorKind.Definitive, "Nobody has logged in.") };
            for (var i = from; i < to; i++)
            {
                var grant = (i % 10 == 0 ? person : machine).Grant(name: $"a{i}");
                try
                {
                    await engine.GetAsync(engine.SlotOf(grant.Key), grant, CancellationToken.None);
                }
                catch (AccountAuthenticationException)
                {
                    // As every tenth is.
                }
            }
        }
    }

    // The rows of a million accounts are the store's business: here they are taken and forgotten.
    private sealed class ForgetfulStore : IAccountStore
    {
        private long _lastTag;

        public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) => new((StoredRecord?)null);

        public ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default) =>
            new($"{Interlocked.Increment(ref _lastTag)}");

        public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) => new((string?)null);

        public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) => new(true);

        public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) => new(new RecordPage([], null));

        public async IAsyncEnumerable<RecordChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken); // A feed that says nothing.
            yield break;
        }
    }
}
