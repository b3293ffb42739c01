namespace Digibee.Accounts;

public sealed class TokenFingerprintTests
{
    [Fact]
    public void Of_ListsThatJoinToTheSameText_Differ()
    {
        string?[][] lists = [["a:b", "c"], ["a", "b:c"], ["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["abc", null], ["", "abc"], [null, "abc"], ["a", "b", "c"], ["ABC"], [], [""], [null]];

        lists.Select(static list => TokenFingerprint.Of(list)).Should().OnlyHaveUniqueItems().And.OnlyContain(static text => text.Length == 32);
    }

    [Fact]
    public void Of_TheSameParts_IsTheSameEverywhere() =>
        TokenFingerprint.Of("a", null).Should().Be(TokenFingerprint.Of("a", null)).And.Be(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData([0, 0, 0, 1, (byte)'a', 0xFF, 0xFF, 0xFF, 0xFF]))[..32]);

    [Fact]
    public void Prove_OfOtherSecrets_Differs()
    {
        TokenFingerprint.Prove(new Secret("a"), null).Should().NotBe(TokenFingerprint.Prove(null, new Secret("a")));
        TokenFingerprint.Prove(new Secret("a")).Should().Be(TokenFingerprint.Prove(new Secret("a")));
        TokenFingerprint.Prove(new Secret("ab"), new Secret("c")).Should().NotBe(TokenFingerprint.Prove(new Secret("a"), new Secret("bc")));
    }
}
