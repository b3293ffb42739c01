namespace Digibee.Accounts;

public sealed class NtlmHandshakeOptionsTests
{
    private readonly NtlmHandshakeOptions _options = new();

    [Fact]
    public void Defaults_OfAClient_AreAHeadOfTheRootWithinThirtySeconds() =>
        (_options.Method, _options.Path, _options.Timeout).Should().Be((HttpMethod.Head, "/", TimeSpan.FromSeconds(30)));

    [Theory]
    [InlineData("/")]
    [InlineData("/a%20b/c.aspx?d=e")]
    public void Path_AsItIsSent_IsTaken(string path)
    {
        _options.Path = path;

        _options.Path.Should().Be(path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/a b")]
    [InlineData("/a\r\nX: y")]
    [InlineData("/ä")]
    [InlineData("/a#b")]
    [InlineData("https://intranet.example/")]
    public void Path_ThatIsNone_IsRefused(string? path) => FluentActions.Invoking(() => _options.Path = path!).Should().Throw<ArgumentException>();

    [Fact]
    public void Path_OfTheLongestAndOneMore_TakesTheFirst()
    {
        _options.Path = $"/{new string('a', 2_047)}";

        FluentActions.Invoking(() => _options.Path = $"/{new string('a', 2_048)}").Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Method_ThatMayChangeSomething_IsRefused() => FluentActions.Invoking(() => _options.Method = HttpMethod.Post).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("GET")]
    public void Method_ThatChangesNothing_IsTaken(string method)
    {
        _options.Method = new HttpMethod(method);

        _options.Method.Method.Should().Be(method);
    }

    [Theory]
    [InlineData(0.999)]
    [InlineData(600.001)]
    public void Timeout_OutOfRange_IsRefused(double seconds) =>
        FluentActions.Invoking(() => _options.Timeout = TimeSpan.FromSeconds(seconds)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public void Timeout_AtTheEndsOfItsRange_IsTaken(double seconds)
    {
        _options.Timeout = TimeSpan.FromSeconds(seconds);

        _options.Timeout.Should().Be(TimeSpan.FromSeconds(seconds));
    }
}
