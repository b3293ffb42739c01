namespace Digibee.Accounts;

public sealed class QueryStringTests
{
    [Theory]
    [InlineData("https://a.example", "https://a.example/?k%20y=v%2F")]
    [InlineData("https://a.example/?", "https://a.example/?k%20y=v%2F")]
    [InlineData("https://a.example/p?a=1", "https://a.example/p?a=1&k%20y=v%2F")]
    [InlineData("https://a.example/p?a=1&", "https://a.example/p?a=1&&k%20y=v%2F")]
    [InlineData("https://a.example/p?a=1&a=2&flag", "https://a.example/p?a=1&a=2&flag&k%20y=v%2F")]
    [InlineData("https://a.example/p?k%20y=old", "https://a.example/p?k%20y=v%2F")]
    [InlineData("https://a.example/p?k+y=old&a=1&k%20y=older&b=%2f", "https://a.example/p?a=1&b=%2f&k%20y=v%2F")]
    [InlineData("https://a.example/p?k%20y", "https://a.example/p?k%20y=v%2F")]
    [InlineData("https://a.example/p?k%20yy=1&K%20y=2", "https://a.example/p?k%20yy=1&K%20y=2&k%20y=v%2F")]
    [InlineData("https://a.example:8443/p?a=1#part", "https://a.example:8443/p?a=1&k%20y=v%2F")]
    [InlineData("https://[::1]/p", "https://[::1]/p?k%20y=v%2F")]
    [InlineData("https://b\u00fccher.example/p", "https://b\u00fccher.example/p?k%20y=v%2F")]
    public void Set_OnAUri_ReplacesTheParameterAndNothingElse(string uri, string expected)
    {
        var changed = QueryString.Set(new Uri(uri), "k y", "k%20y=v%2F");

        changed.Should().Be(new Uri(expected));
    }

    [Theory]
    [InlineData("/a/../b/%7Efoo/%2e", "?x=%7E&y={z}|\"q\"")]
    [InlineData("/a//b", "?q=a#b")]
    [InlineData("/\u00fc", "?\u00e4=1")]
    [InlineData("/%41", "?%41")]
    public void Set_OnAUriKeptAsWritten_KeepsEveryByteOfPathAndQuery(string path, string query)
    {
        var raw = new Uri("https://a.example" + path + query, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var changed = QueryString.Set(raw, "key", "key=1%2B");

        changed.PathAndQuery.Should().Be($"{path}{query}&key=1%2B");
        QueryString.Remove(changed, "key=1%2B").PathAndQuery.Should().Be(path + query);
    }

    [Theory]
    [InlineData("?k%20y=v%2F", "")]
    [InlineData("?k+y=v/", "")]
    [InlineData("?a=1&k%20y=v%2f&b=2", "?a=1&b=2")]
    [InlineData("?a=1&%6b%20y=%76%2F", "?a=1")]
    [InlineData("?k%20y=v%2F&k%20y=v/&a", "?a")]
    [InlineData("?k%20y=other", "?k%20y=other")]
    [InlineData("?k%20y", "?k%20y")]
    [InlineData("", "")]
    public void Remove_OfAPair_TakesItOutInEveryEncodingAndNothingElse(string query, string expected)
    {
        var kept = QueryString.Remove(new Uri("https://a.example/p" + query), "k%20y=v%2F");

        kept.Should().Be(new Uri("https://a.example/p" + expected));
    }

    [Fact]
    public void Remove_OfAPairThatIsNotThere_GivesTheSameUri()
    {
        var uri = new Uri("https://a.example/p?a=1#part");

        QueryString.Remove(uri, "key=1").Should().BeSameAs(uri);
    }
}
