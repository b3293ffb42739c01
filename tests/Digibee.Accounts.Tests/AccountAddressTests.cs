namespace Digibee.Accounts;

public sealed class AccountAddressTests
{
    [Theory]
    [InlineData("a/b/c")]
    [InlineData("default/prod/crm")]
    [InlineData("0/1/2")]
    [InlineData("a.b/a-b/a_b")]
    [InlineData("con/nul/aux")]
    [InlineData("a./a../a-")]
    public void Parse_OfAnAddress_GivesItBack(string text)
    {
        var address = AccountAddress.Parse(text);

        address.ToString().Should().Be(text);
        new AccountAddress(address.Realm, address.Environment, address.Name).Should().Be(address);
        AccountAddress.TryParse(text, null, out var again).Should().BeTrue();
        again.Should().Be(address);
        again!.GetHashCode().Should().Be(address.GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a/b")]
    [InlineData("a/b/c/d")]
    [InlineData("a/b/c/")]
    [InlineData("/a/b/c")]
    [InlineData("//a")]
    [InlineData("a//c")]
    [InlineData("a/b/")]
    [InlineData("../b/c")]
    [InlineData("a/../c")]
    [InlineData("a/b/..")]
    [InlineData("a/b/.")]
    [InlineData("a/b/.hidden")]
    [InlineData("a/b/%2e%2e")]
    [InlineData("a/b/..%2f")]
    [InlineData("a/b/c\\d")]
    [InlineData("a\\b\\c")]
    [InlineData("a/b/c:stream")]
    [InlineData("c:/b/c")]
    [InlineData("a/b/c\0")]
    [InlineData("a/b/c\n")]
    [InlineData("a/b/ c")]
    [InlineData("a/b/C")]
    [InlineData("A/b/c")]
    [InlineData("a/b/\u00E9")]
    [InlineData("a/b/e\u0301")]
    [InlineData("a/b/\uFF41")]
    [InlineData("a/b/\uFF11")]
    [InlineData("a/b/\u212A")]
    [InlineData("a/b/\u0131")]
    [InlineData("a/b/c\u200B")]
    [InlineData("a/b/-c")]
    [InlineData("a/b/_c")]
    public void Parse_OfAnythingElse_IsRefusedWithoutRepeatingIt(string text)
    {
        AccountAddress.TryParse(text, null, out var address).Should().BeFalse();
        address.Should().BeNull();
        FluentActions.Invoking(() => AccountAddress.Parse(text)).Should().Throw<FormatException>()
            .Which.Message.Should().Be("Not an account address. It is realm/environment/name, each part [a-z0-9][a-z0-9._-]{0,63}.");
    }

    [Fact]
    public void Parse_OfNull_IsRefused()
    {
        FluentActions.Invoking(() => AccountAddress.Parse(null!)).Should().Throw<ArgumentNullException>();
        AccountAddress.TryParse(null, null, out _).Should().BeFalse();
    }

    [Fact]
    public void Parse_OfPartsOf64Characters_TakesThemAndNotOneMore()
    {
        var longest = new string('a', 64);

        AccountAddress.Parse($"{longest}/{longest}/{longest}").Name.Should().HaveLength(64);
        AccountAddress.TryParse($"a/b/{longest}a", null, out _).Should().BeFalse();
        AccountAddress.TryParse(new string('a', 10_000_000), null, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("Realm", "b", "c", "realm")]
    [InlineData("a", "..", "c", "environment")]
    [InlineData("a", "b", "c/d", "name")]
    [InlineData(null, "b", "c", "realm")]
    [InlineData("a", null, "c", "environment")]
    [InlineData("a", "b", null, "name")]
    public void Constructor_OfAPartThatIsNone_NamesTheParameter(string? realm, string? environment, string? name, string parameter) =>
        FluentActions.Invoking(() => new AccountAddress(realm!, environment!, name!)).Should().Throw<ArgumentException>().WithParameterName(parameter);

    [Fact]
    public void Equals_OfAddressesThatReadAlikeWhenJoined_IsFalse()
    {
        // Whatever the separator of a careless join would be, and with none at all.
        AccountAddress[] addresses =
        [
            new("a", "b", "c"), new("a", "bc", "d"), new("ab", "c", "d"), new("a", "b", "cd"), new("a-b", "c", "d"), new("a", "b-c", "d"), new("a.b", "c", "d"), new("a", "b.c", "d"),
            new("a_b", "c", "d"), new("a", "b_c", "d"), new("a", "b", "c-d"), new("a", "b", "c.d"), new("a", "b", "c_d"), new("b", "a", "c"), new("c", "b", "a"),
        ];

        addresses.Should().OnlyHaveUniqueItems();
        addresses.Select(static address => address.ToString()).Should().OnlyHaveUniqueItems();
        addresses.Select(static address => (address.Partition, address.Name)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Equals_OfRandomAddresses_IsEqualityOfTheirParts()
    {
        var random = new Random(20261125);
        for (var i = 0; i < 20_000; i++)
        {
            // Few and short parts, so that many addresses meet.
            var (left, right) = (Parts(), Parts());

            var (a, b) = (new AccountAddress(left[0], left[1], left[2]), new AccountAddress(right[0], right[1], right[2]));

            var isSame = left.SequenceEqual(right);
            a.Equals(b).Should().Be(isSame);
            (a == b).Should().Be(isSame);
            (a != b).Should().Be(!isSame);
            (a.ToString() == b.ToString()).Should().Be(isSame);
            (a.GetHashCode() == b.GetHashCode()).Should().Be(isSame);
        }

        string[] Parts() => [.. Enumerable.Range(0, 3).Select(_ => new string([.. "a" + random.GetString("a.-", random.Next(3))]))];
    }

    [Fact]
    public void Equals_OfNull_IsFalse()
    {
        AccountAddress? none = null;

        (none == AccountAddress.Parse("a/b/c")).Should().BeFalse();
        (AccountAddress.Parse("a/b/c") == none).Should().BeFalse();
        (none == null).Should().BeTrue();
        AccountAddress.Parse("a/b/c").Equals((object?)"a/b/c").Should().BeFalse();
    }
}
