namespace Digibee.Accounts;

public sealed class NtlmTargetTests
{
    [Theory]
    [InlineData("https://intranet.example/a", null, "intranet.example", "HTTP/intranet.example")]
    [InlineData("https://INTRANET.example:8443/", null, "intranet.example:8443", "HTTP/intranet.example")]
    [InlineData("http://bücher.example/", null, "xn--bcher-kva.example", "HTTP/xn--bcher-kva.example")]
    [InlineData("http://[::1]:8080/", null, "[::1]:8080", "HTTP/::1")]
    [InlineData("https://10.0.0.1/", "intranet.example", "intranet.example", "HTTP/intranet.example")]
    [InlineData("https://10.0.0.1/", "intranet.example:8443", "intranet.example:8443", "HTTP/intranet.example")]
    public void Of_AConnection_NamesHostAndService(string uri, string? hostHeader, string host, string service)
    {
        Origin.TryCreate(new Uri(uri), out var origin).Should().BeTrue();

        NtlmTarget.Of(new ConnectionTarget(origin, hostHeader)).Should().Be(new NtlmTarget(host, service));
    }
}
