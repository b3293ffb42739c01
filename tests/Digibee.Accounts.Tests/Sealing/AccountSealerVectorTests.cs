namespace Digibee.Accounts;

/// <summary>Suite 1 against its known answers, byte for byte.</summary>
[Trait("Category", "Vectors")]
public sealed class AccountSealerVectorTests
{
    public static IEnumerable<TheoryDataRow<string>> Seals() => SealVectors.Ids("seal.json");

    public static IEnumerable<TheoryDataRow<string>> Refusals() => SealVectors.Ids("openInvalid.json");

    [Theory]
    [MemberData(nameof(Seals))]
    public void Seal_WithTheGeneratorOfAKnownAnswer_MakesItsEnvelope(string id)
    {
        var test = SealVectors.Get("seal.json", id);
        var random = test.Hex("random24");
        using var ring = KeyRing.Of(RingKey.FromRootKey(test.Hex("rootKey")));
        var sealer = new AccountSealer(ring, span => random.AsSpan(0, span.Length).CopyTo(span));

        var record = sealer.Seal(test.Context(out _), test.Hex("plaintext"));

        test.GetProperty("kind").GetInt32().Should().Be(1, "the sealer seals accounts");
        Convert.ToHexString(record[..40]).Should().Be(Convert.ToHexString(test.Hex("header")));
        Convert.ToHexString(record[16..40]).Should().Be(Convert.ToHexString(test.Hex("n")));
        Convert.ToHexString(record[40..72]).Should().Be(Convert.ToHexString(test.Hex("commitment")));
        Convert.ToHexString(record).Should().Be(Convert.ToHexString(test.Hex("envelope")));
    }

    [Theory]
    [MemberData(nameof(Seals))]
    public void ExpandRecordKey_OfAKnownAnswer_IsItsKeyAndCommitment(string id)
    {
        var test = SealVectors.Get("seal.json", id);
        using var key = RingKey.FromRootKey(test.Hex("rootKey"));
        var context = test.Context(out _);
        var encoded = context.Encode(new byte[context.BufferLength]);

        var recordKey = new byte[64];
        key.ExpandRecordKey(test.Hex("header"), encoded, recordKey);

        Convert.ToHexString(encoded.Bytes).Should().Be(Convert.ToHexString(test.Hex("context")));
        Convert.ToHexString(recordKey).Should().Be(Convert.ToHexString([.. test.Hex("encKey"), .. test.Hex("commitment")]));
    }

    [Theory]
    [MemberData(nameof(Seals))]
    public void Open_OfAKnownEnvelope_GivesItsPlaintext(string id)
    {
        var test = SealVectors.Get("seal.json", id);
        using var ring = KeyRing.Of(RingKey.FromRootKey(test.Hex("rootKey")));

        var plaintext = new AccountSealer(ring).OpenBytes(test.Context(out _), test.Hex("envelope"));

        plaintext.Should().Equal(test.Hex("plaintext"));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Open_OfAnEnvelopeToRefuse_TellsItsReason(string id)
    {
        var test = SealVectors.Get("openInvalid.json", id);
        using var ring = KeyRing.Of([.. test.GetProperty("ring").EnumerateArray().Select(static key => RingKey.FromRootKey(Convert.FromHexString(key.GetString()!)))]);

        var refusal = new AccountSealer(ring).Refusal(test.Context(out _), test.Hex("envelope"));

        test.GetProperty("kind").GetInt32().Should().Be(1, "the sealer opens accounts");
        refusal.Should().Be(Enum.Parse<AccountSealFailure>(test.Text("error")));
    }
}
