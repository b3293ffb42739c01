namespace Digibee.Accounts;

public sealed class OriginTests
{
    [Theory]
    [InlineData("https://good.example/path", "https://good.example")]
    [InlineData("http://good.example:8080", "http://good.example:8080")]
    [InlineData("http://GOOD.example.:80", "http://good.example")]
    [InlineData("https://[::1]:8443", "https://[::1]:8443")]
    [InlineData("https://gööd.example", "https://xn--gd-fkaa.example")]
    public void TryCreate_OfAUri_GivesItsOrigin(string uri, string expected)
    {
        Origin.TryCreate(new Uri(uri), out var origin).Should().BeTrue();

        origin.ToString().Should().Be(expected);
    }

    [Fact]
    public void TryCreate_OfALongName_StopsWhereDnsDoes()
    {
        var label = new string('a', 62);

        // 4 × 62 and 4 dots; 253 are the limit.
        Origin.TryCreate(new Uri($"https://{label}.{label}.{label}.{label}.x"), out _).Should().BeTrue();
        Origin.TryCreate(new Uri($"https://{label}.{label}.{label}.{label}.x."), out _).Should().BeTrue();
        Origin.TryCreate(new Uri($"https://{label}.{label}.{label}.{label}.xy"), out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("good.example", "https://good.example:8443")]
    [InlineData("other.example", "https://other.example:8443")]
    [InlineData("other.example:9000", "https://other.example:9000")]
    [InlineData("OTHER.example.", "https://other.example:8443")]
    [InlineData("[::1]", "https://[::1]:8443")]
    [InlineData("good.example:443", "https://good.example")]
    [InlineData("[::1]:443", "https://[::1]")]
    [InlineData("good.example:", "https://good.example:8443")]
    public void TryCreateFromHostHeader_OfAHost_TakesSchemeAndPortOfTheRequest(string header, string expected)
    {
        Origin.TryCreate(new Uri("https://good.example:8443"), out var requested).Should().BeTrue();

        Origin.TryCreateFromHostHeader(header, requested, out var origin).Should().BeTrue();

        origin.ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("good.example/path")]
    [InlineData("good.example?x")]
    [InlineData("good.example#x")]
    [InlineData("user@good.example")]
    [InlineData("good.example..")]
    [InlineData("two hosts")]
    public void TryCreateFromHostHeader_OfAnythingElse_IsNone(string header)
    {
        Origin.TryCreate(new Uri("https://good.example"), out var requested).Should().BeTrue();

        Origin.TryCreateFromHostHeader(header, requested, out _).Should().BeFalse();
    }
}
