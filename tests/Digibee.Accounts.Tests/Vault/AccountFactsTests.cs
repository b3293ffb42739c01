namespace Digibee.Accounts;

public sealed class AccountFactsTests
{
    private static readonly AccountFacts Facts = new([new("keySize", "2048"), new("fingerprint", "ab")]);

    [Fact]
    public void Enumeration_OfFacts_IsInOrderOfTheirNames() => Facts.Select(static fact => fact.Key).Should().Equal("fingerprint", "keySize");

    [Fact]
    public void Indexer_OfAName_GivesItsValueOrNull()
    {
        Facts["keySize"].Should().Be("2048");
        Facts["KeySize"].Should().BeNull();
        Facts.Count.Should().Be(2);
        AccountFacts.Empty.Count.Should().Be(0);
    }

    [Fact]
    public void Equals_OfFacts_ComparesContentInAnyOrder()
    {
        AccountFacts same = new([new("fingerprint", "ab"), new("keySize", "2048")]);
        AccountFacts[] others = [AccountFacts.Empty, new([new("keySize", "2048")]), new([new("keySize", "2048"), new("fingerprint", "AB")])];

        Facts.Equals(same).Should().BeTrue();
        Facts.Equals((object)same).Should().BeTrue();
        Facts.GetHashCode().Should().Be(same.GetHashCode());
        others.Should().NotContain(static other => Facts.Equals(other));
        Facts.Equals(null).Should().BeFalse();
    }
}
