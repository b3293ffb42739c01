namespace Digibee.Accounts;

/// <summary>N does not repeat, not even when the random number generator does.</summary>
public sealed class AccountSealerNonceTests : IDisposable
{
    private readonly KeyRing _ring = TestSeals.Ring(7);
    private readonly AccountSealer _sealer;

    public AccountSealerNonceTests() => _sealer = new AccountSealer(_ring);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void Seal_OfTheSameContentManyTimes_NeverRepeatsN() => SealTheSame(100_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Seal_OfTheSameContentAMillionTimes_NeverRepeatsN() => SealTheSame(1_000_000);

    [Fact]
    public void Seal_WithAGeneratorThatIsStuck_NeverRepeatsNForAnotherContentOrPlace() => SealWithAStuckGenerator(100_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Seal_WithAGeneratorThatIsStuckAMillionTimes_NeverRepeatsNForAnotherContentOrPlace() => SealWithAStuckGenerator(1_000_000);

    private static SealContext Context(string realm, string name, string type, ulong revision, ReadOnlySpan<byte> metadata) =>
        new() { Realm = realm, Name = name, Type = type, Revision = revision, Metadata = metadata };

    private void SealTheSame(int count)
    {
        var seen = new HashSet<string>(count, StringComparer.Ordinal);

        for (var i = 0; i < count; i++)
        {
            seen.Add(Convert.ToHexString(_sealer.Seal(TestSeals.Context, [1]).AsSpan(16, 24)));
        }

        seen.Should().HaveCount(count);
    }

    private void SealWithAStuckGenerator(int count)
    {
        var sealer = new AccountSealer(_ring, static random => random.Fill(0x5A));
        var seen = new HashSet<string>(2 * count, StringComparer.Ordinal);
        var plaintext = new byte[4];

        for (var i = 0; i < count; i++)
        {
            BitConverter.TryWriteBytes(plaintext, i);
            seen.Add(Convert.ToHexString(sealer.Seal(TestSeals.Context, plaintext).AsSpan(16, 24)));
            seen.Add(Convert.ToHexString(sealer.Seal(Context("r", "n", "t", (ulong)i, []), []).AsSpan(16, 24)));
        }

        seen.Should().HaveCount(2 * count);
        sealer.Seal(TestSeals.Context, [1]).Should().Equal(sealer.Seal(TestSeals.Context, [1]), "only the same content in the same place repeats, and shows no more than that");
    }
}
