using System.Text.Json;

namespace Digibee.Accounts;

public sealed class NameListTests
{
    [Fact]
    public void Create_OfNames_KeepsThemInOrder()
    {
        NameList names = ["b", "a", "b"];

        names.Should().Equal("b", "a", "b");
        names.Count.Should().Be(3);
        names[1].Should().Be("a");
        names.ToString().Should().Be("b, a, b");
    }

    [Fact]
    public void Create_OfNothing_IsAlwaysTheSame() => NameList.Create([]).Should().BeSameAs(NameList.Empty);

    [Fact]
    public void Create_OfAnArray_DoesNotFollowItsChanges()
    {
        string[] source = ["a"];
        var names = NameList.Create(source);

        source[0] = "b";

        names.Should().Equal("a");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c4n4ry\n")]
    [InlineData("c4n4ry\r")]
    [InlineData("c4n4ry\0")]
    public void Create_OfANameThatIsNone_GivesItsPositionAndNotItsText(string? name) =>
        FluentActions.Invoking(() => NameList.Create(["a", name!])).Should().Throw<ArgumentException>().WithParameterName("names")
            .Which.Message.Should().Contain("Entry 2").And.NotContain("c4n4ry");

    [Fact]
    public void Equals_OfLists_ComparesContentAndOrder()
    {
        NameList names = ["a", "b"], same = ["a", "b"];
        NameList[] others = [["b", "a"], ["ab"], ["A", "b"], ["a"], []];

        names.Equals(same).Should().BeTrue();
        names.Equals((object)same).Should().BeTrue();
        names.GetHashCode().Should().Be(same.GetHashCode());
        others.Should().NotContain(other => names.Equals(other));
        names.Equals((object)"a, b").Should().BeFalse();
        names.Equals(null).Should().BeFalse();
    }

    [Fact]
    public void Contains_OfAName_IsOrdinal()
    {
        NameList names = ["Alpha"];

        names.Contains("Alpha").Should().BeTrue();
        names.Contains("alpha").Should().BeFalse();
        names.Contains(null!).Should().BeFalse();
    }

    [Fact]
    public void Json_OfAList_IsAnArrayBothWays()
    {
        JsonSerializer.Serialize<NameList>(["a", "b"]).Should().Be("""["a","b"]""");
        JsonSerializer.Deserialize<NameList>("""["a","b"]""").Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("\"c4n4ry\"")]
    [InlineData("[\"a\",5]")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("[[\"c4n4ry\"]]")]
    public void Json_OfAnythingElse_IsRefusedWithoutRepeatingIt(string json) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize<NameList>(json)).Should().Throw<JsonException>().Which.Message.Should().NotContain("c4n4ry");
}
