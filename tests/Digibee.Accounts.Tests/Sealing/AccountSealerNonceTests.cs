namespace Digibee.Accounts;

/// <summary>N does not repeat, not even when the random number generator does.</summary>
public sealed class AccountSealerNonceTests : IDisposable
{
    private readonly KeyRing _ring = TestSeals.Ring(7);
    private readonly AccountSealer _sealer;

    public AccountSealerNonceTests() => _sealer = new AccountSealer(_ring);

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void Seal_OfTheSameContentManyTimes_NeverRepeatsN()
    {
        const int Count = 100_000;
        var seen = new HashSet<string>(Count, StringComparer.Ordinal);

        for (var i = 0; i < Count; i++)
        {
            seen.Add(Convert.ToHexString(_sealer.Seal(TestSeals.Context, [1]).AsSpan(16, 24)));
        }

        seen.Should().HaveCount(Count);
    }

    [Fact]
    public void Seal_WithAGeneratorThatIsStuck_NeverRepeatsNForAnotherContentOrPlace()
    {
        const int Count = 100_000;
        var sealer = new AccountSealer(_ring, static random => random.Fill(0x5A));
        var seen = new HashSet<string>(2 * Count, StringComparer.Ordinal);
        var plaintext = new byte[4];

        for (var i = 0; i < Count; i++)
        {
            BitConverter.TryWriteBytes(plaintext, i);
            seen.Add(Convert.ToHexString(sealer.Seal(TestSeals.Context, plaintext).AsSpan(16, 24)));
            seen.Add(Convert.ToHexString(sealer.Seal(Context("r", "n", "t", (ulong)i, []), []).AsSpan(16, 24)));
        }

        seen.Should().HaveCount(2 * Count);
        sealer.Seal(TestSeals.Context, [1]).Should().Equal(sealer.Seal(TestSeals.Context, [1]), "only the same content in the same place repeats, and shows no more than that");
    }

    private static SealContext Context(string realm, string name, string type, ulong revision, ReadOnlySpan<byte> metadata) =>
        new() { Realm = realm, Name = name, Type = type, Revision = revision, Metadata = metadata };
}
