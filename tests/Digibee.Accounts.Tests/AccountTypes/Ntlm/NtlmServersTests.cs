namespace Digibee.Accounts;

/// <summary>Which sign-ins share what is known of a server.</summary>
public sealed class NtlmServersTests
{
    private readonly NtlmServers _servers = new(TimeProvider.System);

    [Fact]
    public void At_OfOneServerAndHandshake_IsOneForAllClients() =>
        _servers.At(Target("https://a.example/one"), new NtlmHandshakeOptions()).Should().BeSameAs(_servers.At(Target("https://a.example/two"), new NtlmHandshakeOptions { Timeout = TimeSpan.FromSeconds(1) }));

    [Fact]
    public void At_OfAnotherServerHostOrHandshake_IsAnother()
    {
        NtlmAttempts[] all =
        [
            _servers.At(Target("https://a.example/"), new NtlmHandshakeOptions()),
            _servers.At(Target("https://b.example/"), new NtlmHandshakeOptions()),
            _servers.At(Target("http://a.example/"), new NtlmHandshakeOptions()),
            _servers.At(Target("https://a.example:8443/"), new NtlmHandshakeOptions()),
            _servers.At(Target("https://a.example/") with { HostHeader = "c.example" }, new NtlmHandshakeOptions()),
            _servers.At(Target("https://a.example/"), new NtlmHandshakeOptions { Path = "/in" }),
            _servers.At(Target("https://a.example/"), new NtlmHandshakeOptions { Method = HttpMethod.Get }),
        ];

        all.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void At_OfMoreServersThanAnyAccountHas_RemembersTheFirstAlone()
    {
        var options = new NtlmHandshakeOptions();
        var first = _servers.At(Target("https://a.example/"), options);
        for (var i = 0; i < 1_000; i++)
        {
            _servers.At(Target($"https://{i}.example/"), options);
        }

        _servers.At(Target("https://a.example/"), options).Should().BeSameAs(first);
        _servers.At(Target("https://more.example/"), options).Should().NotBeSameAs(_servers.At(Target("https://more.example/"), options));
    }

    private static ConnectionTarget Target(string uri)
    {
        Origin.TryCreate(new Uri(uri), out var origin).Should().BeTrue();
        return new(origin, HostHeader: null);
    }
}
