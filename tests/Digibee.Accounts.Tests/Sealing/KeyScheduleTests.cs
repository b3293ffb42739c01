using System.Globalization;

namespace Digibee.Accounts;

[Trait("Category", "Vectors")]
public sealed class KeyScheduleTests
{
    public static IEnumerable<TheoryDataRow<string>> Keys() => SealVectors.Ids("keySchedule.json", "keyId");

    [Theory]
    [MemberData(nameof(Keys))]
    public void Extract_OfAKnownRootKey_LeadsToItsDerivedKeys(string keyId)
    {
        var test = SealVectors.Get("keySchedule.json", keyId, "keyId");
        var prk = new byte[64];
        var hedgeKey = new byte[32];

        KeySchedule.Extract(test.Hex("rootKey"), prk);
        KeySchedule.HedgeKey(prk, hedgeKey);

        Convert.ToHexStringLower(prk).Should().Be(test.Text("prk"));
        Convert.ToHexStringLower(hedgeKey).Should().Be(test.Text("hedgeKey"));
        KeySchedule.KeyId(prk).Should().Be(ulong.Parse(keyId, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
