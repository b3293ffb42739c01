using System.Security.Cryptography;

namespace Digibee.Accounts;

public sealed class AccountSealerTests : IDisposable
{
    private const int MaxPlaintextLength = 1_048_575;

    private readonly KeyRing _ring = TestSeals.Ring(7);
    private readonly AccountSealer _sealer;

    public AccountSealerTests() => _sealer = new AccountSealer(_ring);

    public static TheoryData<int> Sizes => [.. Enumerable.Range(0, 201), 255, 256, 4_095, 4_096, 65_535, MaxPlaintextLength - 1, MaxPlaintextLength];

    public void Dispose() => _ring.Dispose();

    [Fact]
    public void Seal_OfAKnownAnswer_IsThatEnvelope()
    {
        using var ring = TestSeals.Ring(0);
        var sealer = new AccountSealer(ring, static random => Convert.FromHexString("5F212D2656C8E92918260B5BF537DE99FAA32998713EB6B8").CopyTo(random));
        var context = new SealContext { Realm = "prod", Name = "orders-db", Type = "basic-auth", Revision = 0, Metadata = [] };

        var record = sealer.Seal(context, []);

        // Case seal-00 of the format's known answers.
        Convert.ToHexString(record).Should().BeEquivalentTo(
            "fe44410101010000770f71f0db124f752c7d08c4b5fdd6a3bf52b485f537de99faa32998713eb6b87597a03b577ce7e63161c788ee7e82c7e7b4db79940f8974f8416640f2c153d5"
            + "cc3bd986fdfabeba8ad911d935cb441e8a0a5271fbe89dc501c7eb10619a17751e3f834e1f19eba8c02f14ee71b75338441e602b78976397a56dba305e571cceedc27a44ddbf798f7329fd3cf0c35ae3");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Open_OfSealedContent_GivesItBack(int size)
    {
        var plaintext = RandomNumberGenerator.GetBytes(size);

        var record = _sealer.Seal(TestSeals.Context, plaintext);

        record.Should().HaveCount(88 + (((size / 64) + 1) * 64));
        _sealer.OpenBytes(TestSeals.Context, record).AsSpan().SequenceEqual(plaintext).Should().BeTrue();
    }

    [Fact]
    public void Open_OfContentThatEndsLikePadding_GivesItBackWhole()
    {
        byte[] plaintext = [1, 0x80, 0, 0, 0x80, 0];

        _sealer.OpenBytes(TestSeals.Context, _sealer.Seal(TestSeals.Context, plaintext)).Should().Equal(plaintext);
    }

    [Fact]
    public void Seal_OfMoreThanTheLargestContent_IsRefused()
    {
        var sealing = () => _sealer.Seal(TestSeals.Context, new byte[MaxPlaintextLength + 1]);

        var refusal = sealing.Should().Throw<AccountSealException>().Which;
        refusal.Reason.Should().Be(AccountSealFailure.TooLarge);
        refusal.AccountName.Should().Be("orders-db");
    }

    [Fact]
    public void Open_WithTheLargestMetadata_GivesTheContent()
    {
        var metadata = RandomNumberGenerator.GetBytes(16_384);
        var record = _sealer.Seal(Context("r", "n", "t", ulong.MaxValue, metadata), [1, 2]);

        _sealer.OpenBytes(Context("r", "n", "t", ulong.MaxValue, metadata), record).Should().Equal(1, 2);
        metadata[^1] ^= 1;
        _sealer.Refusal(Context("r", "n", "t", ulong.MaxValue, metadata), record).Should().Be(AccountSealFailure.ContextMismatch);
    }

    [Fact]
    public void SealAndOpen_WithAContextOutOfRange_ThrowArgumentException()
    {
        var sealing = () => _sealer.Seal(Context("", "n", "t", 1, []), []);
        var opening = () => _sealer.Open(Context("r", "n", "t", 1, new byte[16_385]), []);

        sealing.Should().Throw<ArgumentException>().WithParameterName("Realm");
        opening.Should().Throw<ArgumentException>("the context is the caller's mistake, whatever is stored").WithParameterName("Metadata");
    }

    [Fact]
    public void Open_WithTwoKeys_TakesRecordsOfBothAndSealsWithTheFirst()
    {
        using var newRing = TestSeals.Ring(8, 7);
        var newSealer = new AccountSealer(newRing);
        var old = _sealer.Seal(TestSeals.Context, [1]);

        var sealedNow = newSealer.Seal(TestSeals.Context, [2]);

        newSealer.OpenBytes(TestSeals.Context, old).Should().Equal(1);
        newSealer.OpenBytes(TestSeals.Context, sealedNow).Should().Equal(2);
        Convert.ToHexStringLower(sealedNow.AsSpan(8, 8)).Should().Be(newRing.KeyIds[0]);
        newSealer.NeedsReseal(old).Should().BeTrue();
        newSealer.NeedsReseal(sealedNow).Should().BeFalse();
    }

    [Fact]
    public void Open_WithAKeyTheRingDoesNotHold_NamesTheKeyAndWhatToDo()
    {
        using var otherRing = TestSeals.Ring(8);
        var record = new AccountSealer(otherRing).Seal(TestSeals.Context, [1]);

        var opening = () => _sealer.Open(TestSeals.Context, record);

        var refusal = opening.Should().Throw<AccountSealException>().Which;
        refusal.Reason.Should().Be(AccountSealFailure.UnknownKey);
        refusal.AccountName.Should().Be("orders-db");
        refusal.InnerException.Should().BeNull();
        refusal.Message.Should().Contain("'orders-db'").And.Contain("'default/prod'").And.Contain(otherRing.KeyIds[0]).And.Contain("Add that key to the ring");
    }

    [Fact]
    public void NeedsReseal_OfBytesThatAreNoRecordOfToday_IsTrue()
    {
        var record = _sealer.Seal(TestSeals.Context, [1]);

        _sealer.NeedsReseal([]).Should().BeTrue();
        _sealer.NeedsReseal(record.AsSpan(0, 15)).Should().BeTrue();
        foreach (var offset in new[] { 0, 3, 4, 5, 6, 8, 15 })
        {
            var changed = record.ToArray();
            changed[offset] ^= 1;
            _sealer.NeedsReseal(changed).Should().BeTrue($"byte {offset} is another");
        }
    }

    [Fact]
    public void Seal_OfATransparentMarker_DoesNotShowIt()
    {
        var marker = "canary-7f3a-sealed-content"u8;

        var record = _sealer.Seal(TestSeals.Context, marker);

        record.AsSpan().IndexOf(marker[..8]).Should().Be(-1);
    }

    [Fact]
    public void SealAndOpen_AfterTheRingWasDisposed_ThrowObjectDisposed()
    {
        var record = _sealer.Seal(TestSeals.Context, [1]);
        _ring.Dispose();

        var sealing = () => _sealer.Seal(TestSeals.Context, [1]);
        var opening = () => _sealer.Open(TestSeals.Context, record);
        var asking = () => _sealer.NeedsReseal(record);

        sealing.Should().Throw<ObjectDisposedException>();
        opening.Should().Throw<ObjectDisposedException>();
        asking.Should().Throw<ObjectDisposedException>();
    }

    private static SealContext Context(string realm, string name, string type, ulong revision, ReadOnlySpan<byte> metadata) =>
        new() { Realm = realm, Name = name, Type = type, Revision = revision, Metadata = metadata };
}
