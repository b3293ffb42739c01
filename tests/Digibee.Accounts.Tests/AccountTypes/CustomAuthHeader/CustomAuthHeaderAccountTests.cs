namespace Digibee.Accounts;

public sealed class CustomAuthHeaderAccountTests
{
    private static readonly CustomAuthHeaderAccount Account = (CustomAuthHeaderAccount)AccountSamples.Minimal("custom-auth-header");

    [Theory]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a\rb")]
    [InlineData("a\0")]
    public void Init_OfALineBreakOrNul_IsRefused(string text)
    {
        FluentActions.Invoking(() => Account with { HeaderName = text }).Should().Throw<ArgumentException>().WithParameterName("HeaderName");
        FluentActions.Invoking(() => Account with { HeaderValue = new Secret(text) }).Should().Throw<ArgumentException>().WithParameterName("HeaderValue");
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Connection")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Cookie")]
    [InlineData("X Auth")]
    [InlineData("X-Auth:")]
    [InlineData("X-Ä")]
    public void Inspect_OfANameThatAnAccountCannotSet_RefusesIt(string name) =>
        (Account with { HeaderName = name }).RefusedFields().Should().Equal("HeaderName");

    [Theory]
    [InlineData("Authorization")]
    [InlineData("X-Auth-Token")]
    [InlineData("apikey")]
    public void Inspect_OfAnyOtherName_FindsNothing(string name) => (Account with { HeaderName = name }).RefusedFields().Should().BeEmpty();

    [Theory]
    [InlineData("c4n4ryü")]
    [InlineData(" c4n4ry")]
    [InlineData("c4n4ry\t")]
    [InlineData("c4n4ry\u0001x")]
    public void Inspect_OfAValueThatNoHeaderCarries_RefusesItWithoutRepeatingIt(string value)
    {
        var problem = (Account with { HeaderValue = new Secret(value) }).Inspected().Problems.Should().ContainSingle().Subject;

        problem.Field.Should().Be("HeaderValue");
        problem.Message.Should().NotContain("c4n4ry");
    }

    [Fact]
    public void Inspect_OfEverythingWrong_ReportsAllAtOnce() =>
        (Account with { HeaderName = "", HeaderValue = new Secret("") }).RefusedFields().Should().Equal("HeaderName", "HeaderValue");
}
