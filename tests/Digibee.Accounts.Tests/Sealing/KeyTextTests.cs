namespace Digibee.Accounts;

public sealed class KeyTextTests
{
    // The second key of the format's known answers: 00 01 02 … 1f.
    private const string Known = "dgbk1.d2e778c8ecd7203b.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    public static IEnumerable<TheoryDataRow<string>> Schedule() => SealVectors.Ids("keySchedule.json", "keyId");

    public static IEnumerable<TheoryDataRow<string>> Refused() => SealVectors.Ids("keyStringInvalid.json");

    public static TheoryData<string> Wrong =>
    [
        "",
        Known[..^1],
        Known + "A",
        Known + "=",
        Known.ToUpperInvariant(),
        Known.Replace("d2e7", "D2E7", StringComparison.Ordinal),
        Known.Replace("dgbk1", "dgbk2", StringComparison.Ordinal),
        Known.Replace("d2e7", "d2e8", StringComparison.Ordinal),
        Known.Replace('.', '-'),

        // The last character carries four bits and two that must be zero: 8, 9, - and _ all decode to the same key.
        Known[..^1] + "9",
        Known[..^1] + "-",
        Known[..^1] + "_",
        Known[..^2] + "+8",
        Known[..^2] + "\u00A08",
        Known[..^2] + " 8",
        "dgbk1.d2e778c8ecd7203b." + new string('A', 43),
        new string('.', 66),
        new string('\uFFFF', 66),
    ];

    [Theory]
    [MemberData(nameof(Schedule))]
    [Trait("Category", "Vectors")]
    public void Format_OfAKnownRootKey_IsItsText(string keyId)
    {
        var test = SealVectors.Get("keySchedule.json", keyId, "keyId");
        using var key = RingKey.FromRootKey(test.Hex("rootKey"));
        using var parsed = KeyText.TryParse(test.Text("keyString"));

        KeyText.Format(test.Hex("rootKey"), key.Id).Should().Be(test.Text("keyString"));
        KeyText.FormatId(key.Id).Should().Be(keyId);
        parsed!.Id.Should().Be(key.Id);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    [Trait("Category", "Vectors")]
    public void Parse_OfAKeyStringToRefuse_IsInvalidKey(string id)
    {
        var test = SealVectors.Get("keyStringInvalid.json", id);

        var parsing = () => KeyRing.Parse(test.Text("keyString"));

        parsing.Should().Throw<AccountSealException>().Which.Reason.Should().Be(Enum.Parse<AccountSealFailure>(test.Text("error")));
    }

    [Fact]
    public void TryParse_OfAKeyText_DerivesTheKnownId()
    {
        using var key = KeyText.TryParse(Known);

        key!.Id.Should().Be(0xD2E778C8ECD7203B);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void TryParse_OfAnythingButTheCanonicalText_IsNull(string text) => KeyText.TryParse(text).Should().BeNull();
}
