using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>What does not open, and the reason that is told.</summary>
public sealed class AccountSealerRefusalTests : IDisposable
{
    private readonly KeyRing _ring = TestSeals.Ring(7);
    private readonly AccountSealer _sealer;

    public AccountSealerRefusalTests() => _sealer = new AccountSealer(_ring);

    public void Dispose() => _ring.Dispose();

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
