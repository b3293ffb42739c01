using System.Security.Cryptography;
using System.Text;

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

    [Theory]
    [InlineData(1_048_576 + 64)]
    [InlineData(8 * 1_048_576)]
    public void Open_OfMoreThanTheLargestRecord_IsRefusedAsTooLarge(int ciphertextLength)
    {
        var record = new byte[88 + ciphertextLength];
        _sealer.Seal(TestSeals.Context, []).AsSpan(0, 72).CopyTo(record);

        _sealer.Refusal(TestSeals.Context, record).Should().Be(AccountSealFailure.TooLarge);
    }

    [Fact]
    public void Open_WithAnyBitOfTheRecordFlipped_TellsTheReasonOfItsField()
    {
        var record = _sealer.Seal(TestSeals.Context, RandomNumberGenerator.GetBytes(256));
        var wrong = new List<string>();

        for (var bit = 0; bit < record.Length * 8; bit++)
        {
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            var refusal = _sealer.Refusal(TestSeals.Context, record);
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            if (refusal != ReasonAt(bit / 8))
            {
                wrong.Add($"bit {bit % 8} of byte {bit / 8}: {refusal}");
            }
        }

        record.Should().HaveCount(408);
        wrong.Should().BeEmpty();
        _sealer.Refusal(TestSeals.Context, record).Should().BeNull("every bit was put back");
    }

    [Fact]
    public void Open_WithSeveralFieldsWrong_TellsTheFirstInTheOrderOfTheFormat()
    {
        // Each later fault is left in: what is found first is the reason.
        var record = new byte[151];
        var reasons = new List<AccountSealFailure?> { _sealer.Refusal(TestSeals.Context, record) };
        record = new byte[88 + (1024 * 1024) + 65];
        record.AsSpan().Fill(0xEE);
        byte[] right = [0xFE, 0x44, 0x41, 1, 1, 1, 0, 0];
        foreach (var fixedUpTo in new[] { 0, 3, 4, 5, 6, 8 })
        {
            right.AsSpan(0, fixedUpTo).CopyTo(record);
            reasons.Add(_sealer.Refusal(TestSeals.Context, record));
        }

        reasons.Add(_sealer.Refusal(TestSeals.Context, record.AsSpan(0, 88 + (1024 * 1024) + 64)));
        reasons.Add(_sealer.Refusal(TestSeals.Context, record.AsSpan(0, 88 + (1024 * 1024))));
        Convert.FromHexString(_ring.KeyIds[0]).CopyTo(record, 8);
        reasons.Add(_sealer.Refusal(TestSeals.Context, record.AsSpan(0, 88 + (1024 * 1024))));

        reasons.Should().Equal(
            AccountSealFailure.Malformed,
            AccountSealFailure.UnknownFormat,
            AccountSealFailure.UnknownVersion,
            AccountSealFailure.UnknownSuite,
            AccountSealFailure.WrongKind,
            AccountSealFailure.Malformed,
            AccountSealFailure.Malformed,
            AccountSealFailure.TooLarge,
            AccountSealFailure.UnknownKey,
            AccountSealFailure.ContextMismatch);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0xFF)]
    public void Open_OfAnAuthenticRecordWithoutItsPaddingByte_IsCorrupt(byte last)
    {
        // Sealed by hand with the right key: only the padding is wrong.
        var record = _sealer.Seal(TestSeals.Context, RandomNumberGenerator.GetBytes(64));
        var message = new byte[128];
        message[63] = 0x80;
        message[64] = last;
        Reencrypt(record, message);

        _sealer.Refusal(TestSeals.Context, record).Should().Be(AccountSealFailure.Corrupt, "the last 64 bytes hold no 80, or end in something else");
    }

    [Fact]
    public void Open_WithAnyBitOfTheContextFlipped_IsAContextMismatch()
    {
        const string Realm = "default/prod", Name = "orders-db", Type = "basic-auth";
        const ulong Revision = 0x0123_4567_89AB_CDEF;
        var metadata = RandomNumberGenerator.GetBytes(100);
        var record = _sealer.Seal(Context(Realm, Name, Type, Revision, metadata), [1, 2, 3]);
        var refusals = new List<AccountSealFailure?>();

        // The eighth bit of a character is another character, of two bytes; a type is ASCII and has seven.
        Flip(Realm.Length * 8, bit => _sealer.Refusal(Context(FlipBit(Realm, bit, 8), Name, Type, Revision, metadata), record));
        Flip(Name.Length * 8, bit => _sealer.Refusal(Context(Realm, FlipBit(Name, bit, 8), Type, Revision, metadata), record));
        Flip(Type.Length * 7, bit => _sealer.Refusal(Context(Realm, Name, FlipBit(Type, bit, 7), Revision, metadata), record));
        Flip(64, bit => _sealer.Refusal(Context(Realm, Name, Type, Revision ^ (1UL << bit), metadata), record));
        Flip(metadata.Length * 8, bit =>
        {
            var changed = metadata.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return _sealer.Refusal(Context(Realm, Name, Type, Revision, changed), record);
        });

        refusals.Should().HaveCount((12 * 8) + (9 * 8) + (10 * 7) + 64 + 800).And.OnlyContain(static refusal => refusal == AccountSealFailure.ContextMismatch);
        _sealer.Refusal(Context(Realm, Name, Type, Revision, metadata), record).Should().BeNull();

        void Flip(int bits, Func<int, AccountSealFailure?> open) => refusals.AddRange(Enumerable.Range(0, bits).Select(open));
    }

    [Theory]
    [InlineData("default/prod", "crm", "basic-auth", 2UL)]
    [InlineData("other/prod", "erp", "basic-auth", 2UL)]
    [InlineData("default/test", "erp", "basic-auth", 2UL)]
    [InlineData("default/prod", "erp", "private-key", 2UL)]
    [InlineData("default/prod", "erp", "basic-auth", 3UL)]
    public void Open_OfARecordThatWasCopiedToAnotherAccountTenantTypeOrRevision_IsAContextMismatch(string realm, string name, string type, ulong revision)
    {
        var record = _sealer.Seal(Context("default/prod", "erp", "basic-auth", 2, []), [1]);

        _sealer.Refusal(Context(realm, name, type, revision, []), record).Should().Be(AccountSealFailure.ContextMismatch);
    }

    [Theory]
    [InlineData("ab", "c", "t", "a", "bc", "t")]
    [InlineData("a", "bc", "t", "a", "b", "ct")]
    [InlineData("default/prod", "crm", "api-key", "default", "prod/crm", "api-key")]
    public void Open_WithAContextThatIsEqualWhenJoined_IsAContextMismatch(string realm, string name, string type, string otherRealm, string otherName, string otherType)
    {
        var record = _sealer.Seal(Context(realm, name, type, 1, []), [1]);

        _sealer.Refusal(Context(otherRealm, otherName, otherType, 1, []), record).Should().Be(AccountSealFailure.ContextMismatch);
    }

    [Fact]
    public void Open_WithANameInAnotherUnicodeForm_IsAContextMismatch()
    {
        var record = _sealer.Seal(Context("r", "caf\u00E9", "t", 1, []), [1]);

        _sealer.Refusal(Context("r", "cafe\u0301", "t", 1, []), record).Should().Be(AccountSealFailure.ContextMismatch, "names are compared by their bytes");
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
    public void Open_OfARecordWhoseKeyIdWasRewritten_IsAContextMismatch()
    {
        using var bothRing = TestSeals.Ring(7, 8);
        var record = _sealer.Seal(TestSeals.Context, [1]);
        Convert.FromHexString(bothRing.KeyIds[1]).CopyTo(record, 8);

        new AccountSealer(bothRing).Refusal(TestSeals.Context, record).Should().Be(AccountSealFailure.ContextMismatch, "the key id is covered, and the other key has another commitment");
    }

    [Fact]
    public void Open_OfARecordThatWasStoredAsText_FailsAtItsFirstByte()
    {
        var record = _sealer.Seal(TestSeals.Context, new byte[200]);
        var asText = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(record));

        _sealer.Refusal(TestSeals.Context, asText).Should().Be(AccountSealFailure.UnknownFormat);
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

    [Fact]
    public void Seal_OfATransparentMarker_DoesNotShowIt()
    {
        var marker = "canary-7f3a-sealed-content"u8;

        var record = _sealer.Seal(TestSeals.Context, marker);

        record.AsSpan().IndexOf(marker[..8]).Should().Be(-1);
    }

    [Fact]
    public void SealAndOpen_ByManyThreadsThatComeAndGo_GiveEveryContentBack()
    {
        var failures = 0;
        for (var round = 0; round < 8; round++)
        {
            var threads = Enumerable.Range(0, 16).Select(_ => new Thread(() =>
            {
                for (var i = 0; i < 100; i++)
                {
                    var plaintext = RandomNumberGenerator.GetBytes(1 + (i % 90));
                    if (!_sealer.OpenBytes(TestSeals.Context, _sealer.Seal(TestSeals.Context, plaintext)).AsSpan().SequenceEqual(plaintext))
                    {
                        Interlocked.Increment(ref failures);
                    }
                }
            })).ToArray();
            Array.ForEach(threads, static thread => thread.Start());
            Array.ForEach(threads, static thread => thread.Join());
        }

        failures.Should().Be(0);
    }

    [Fact]
    public async Task Seal_WhileTheRingIsDisposed_EndsInObjectDisposedAndNeverSealsWithAWipedKey()
    {
        for (var round = 0; round < 20; round++)
        {
            var ring = TestSeals.Ring(7);
            var sealer = new AccountSealer(ring);
            using var underWay = new CountdownEvent(4);
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    var last = sealer.Seal(TestSeals.Context, [1, 2, 3]);
                    underWay.Signal();
                    try
                    {
                        while (true)
                        {
                            last = sealer.Seal(TestSeals.Context, [1, 2, 3]);
                        }
                    }
                    catch (ObjectDisposedException)
                    {
                        return last;
                    }
                },
                TaskCreationOptions.LongRunning)).ToArray();

            underWay.Wait();
            ring.Dispose();

            foreach (var last in await Task.WhenAll(workers))
            {
                _sealer.OpenBytes(TestSeals.Context, last).Should().Equal(1, 2, 3);
            }
        }
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

    private static string FlipBit(string text, int bit, int bitsEach)
    {
        var characters = text.ToCharArray();
        characters[bit / bitsEach] ^= (char)(1 << (bit % bitsEach));
        return new string(characters);
    }

    // The layout of the format, once more and by hand.
    private static AccountSealFailure ReasonAt(int offset) => offset switch
    {
        < 3 => AccountSealFailure.UnknownFormat,
        3 => AccountSealFailure.UnknownVersion,
        4 => AccountSealFailure.UnknownSuite,
        5 => AccountSealFailure.WrongKind,
        < 8 => AccountSealFailure.Malformed,
        < 16 => AccountSealFailure.UnknownKey,
        < 72 => AccountSealFailure.ContextMismatch,
        _ => AccountSealFailure.Corrupt,
    };

    private static void Reencrypt(byte[] record, byte[] message)
    {
        using var key = TestSeals.Key(7);
        var context = TestSeals.Context;
        var recordKey = new byte[64];
        key.ExpandRecordKey(record.AsSpan(0, 40), context.Encode(new byte[context.BufferLength]), recordKey);
        using var aes = new AesGcm(recordKey.AsSpan(0, 32), 16);
        aes.Encrypt(record.AsSpan(28, 12), message, record.AsSpan(72, message.Length), record.AsSpan(72 + message.Length));
    }
}
