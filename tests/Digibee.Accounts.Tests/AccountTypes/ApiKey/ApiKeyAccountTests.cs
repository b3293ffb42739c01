namespace Digibee.Accounts;

public sealed class ApiKeyAccountTests
{
    private static readonly ApiKeyAccount Account = (ApiKeyAccount)AccountSamples.Minimal("api-key");

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Init_OfALineBreakOrNul_IsRefused(string text)
    {
        FluentActions.Invoking(() => Account with { ParameterName = text }).Should().Throw<ArgumentException>().WithParameterName("ParameterName");
        FluentActions.Invoking(() => Account with { Key = new Secret(text) }).Should().Throw<ArgumentException>().WithParameterName("Key");
    }

    [Fact]
    public void Init_OfAnUndefinedPlacement_IsRefused() =>
        FluentActions.Invoking(() => Account with { Placement = (ApiKeyPlacement)7 }).Should().Throw<ArgumentException>().WithParameterName("Placement");

    [Theory]
    [InlineData(ApiKeyPlacement.Query, "api key")]
    [InlineData(ApiKeyPlacement.Query, "schlüssel")]
    [InlineData(ApiKeyPlacement.Header, "X-Api-Key")]
    [InlineData(ApiKeyPlacement.Header, "Authorization")]
    [InlineData(ApiKeyPlacement.Cookie, "__Host-session")]
    public void Inspect_OfANameThatThePlacementTakes_FindsNothing(ApiKeyPlacement placement, string name) =>
        (Account with { Placement = placement, ParameterName = name }).RefusedFields().Should().BeEmpty();

    [Theory]
    [InlineData(ApiKeyPlacement.Header, "X Api Key")]
    [InlineData(ApiKeyPlacement.Header, "X-Api-Key:")]
    [InlineData(ApiKeyPlacement.Header, "Host")]
    [InlineData(ApiKeyPlacement.Header, "cookie")]
    [InlineData(ApiKeyPlacement.Header, "Proxy-Authorization")]
    [InlineData(ApiKeyPlacement.Cookie, "a=b")]
    [InlineData(ApiKeyPlacement.Cookie, "a;b")]
    public void Inspect_OfANameThatThePlacementDoesNotTake_RefusesIt(ApiKeyPlacement placement, string name) =>
        (Account with { Placement = placement, ParameterName = name }).RefusedFields().Should().Equal("ParameterName");

    [Theory]
    [InlineData(ApiKeyPlacement.Query, "c4n4ry ü\t\"", true)]
    [InlineData(ApiKeyPlacement.Header, "c4n4ry ", false)]
    [InlineData(ApiKeyPlacement.Header, "c4n4ry \";,\tx", true)]
    [InlineData(ApiKeyPlacement.Header, "c4n4ryü", false)]
    [InlineData(ApiKeyPlacement.Header, " c4n4ry", false)]
    [InlineData(ApiKeyPlacement.Header, "c4n4ry\u007F", false)]
    [InlineData(ApiKeyPlacement.Cookie, "c4n4ry+/==", true)]
    [InlineData(ApiKeyPlacement.Cookie, "c4n4 ry", false)]
    [InlineData(ApiKeyPlacement.Cookie, "c4n4ry;", false)]
    [InlineData(ApiKeyPlacement.Cookie, "c4n4ry\"", false)]
    [InlineData(ApiKeyPlacement.Cookie, "c4n4ryü", false)]
    public void Inspect_OfAKey_TakesWhatThePlacementCanCarry(ApiKeyPlacement placement, string key, bool isTaken)
    {
        var problems = (Account with { Placement = placement, Key = new Secret(key) }).Inspected().Problems;

        problems.Select(static problem => problem.Field).Should().Equal(isTaken ? [] : ["Key"]);
        problems.Should().NotContain(static problem => problem.Message.Contains("c4n4"));
    }

    [Theory]
    [InlineData(ApiKeyPlacement.Query)]
    [InlineData(ApiKeyPlacement.Header)]
    [InlineData(ApiKeyPlacement.Cookie)]
    public void Inspect_OfEmptyFields_ReportsAllOfThemOnce(ApiKeyPlacement placement) =>
        (Account with { Placement = placement, ParameterName = "", Key = new Secret("") }).RefusedFields().Should().Equal("ParameterName", "Key");
}
