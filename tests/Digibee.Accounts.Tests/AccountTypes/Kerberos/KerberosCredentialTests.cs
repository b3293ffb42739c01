using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

public sealed class KerberosCredentialTests : IDisposable
{
    private static readonly KerberosAccount Account = new()
    {
        Name = "a",
        Principal = "user@EXAMPLE.COM",
        Keytab = new Secret(new KerberosTestKeytab().Entry("EXAMPLE.COM", ["user"], 1, 18, KerberosTestKeytab.Key(32, 1)).Base64),
    };

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void RealmOf_TheAccountsOwn_HasItsServersThenThoseOfTheConfigurationThenTheDomain()
    {
        const string Configuration = "[realms]\nEXAMPLE.COM = {\nkdc = of-the-configuration\n}\nB = {\nkdc = of-b\n}";

        Hosts(Account with { KeyDistributionCenters = ["own:1", "own:2"], Configuration = Configuration }, "EXAMPLE.COM").Should().Equal("own:1", "own:2");
        Hosts(Account with { Configuration = Configuration }, "EXAMPLE.COM").Should().Equal("of-the-configuration:88");
        Hosts(Account, "EXAMPLE.COM").Should().Equal("EXAMPLE.COM:88");
        Hosts(Account with { KeyDistributionCenters = ["own:1"], Configuration = Configuration }, "B").Should().Equal("of-b:88");
        Hosts(Account with { KeyDistributionCenters = ["own:1"] }, "C").Should().Equal("C:88");
        Hosts(Account, "not a host").Should().BeEmpty();
        Hosts(Account, "C:22").Should().BeEmpty("a referral must not bring a port");
        Hosts(Account, "tcp/C").Should().BeEmpty();
        Hosts(Account, "127.0.0.1").Should().BeEmpty();
        Hosts(Account, "[::1]:22").Should().BeEmpty();
    }

    [Fact]
    public void ServiceOf_AHost_IsHttpOfItOrWhatTheAccountSays()
    {
        const string Configuration = "[domain_realm]\n.b = B";

        Text(Account, "web.a").Should().Be("HTTP/web.a@");
        Text(Account with { Configuration = Configuration }, "web.b").Should().Be("HTTP/web.b@B");
        Text(Account with { ServicePrincipal = "HTTP/x" }, "web.a").Should().Be("HTTP/x@");
        Text(Account with { ServicePrincipal = "HTTP/x@C", Configuration = Configuration }, "web.b").Should().Be("HTTP/x@C");

        string Text(KerberosAccount account, string host)
        {
            using var credential = Credential(account);
            var service = credential.ServiceOf(host);
            return $"{string.Join('/', service.Parts)}@{service.Realm}";
        }
    }

    [Fact]
    public void KeyOf_AHost_KeepsServicesOfTwoRealmsApart()
    {
        const string Configuration = "[domain_realm]\n.b = B\n.c = C";
        using var hosts = Credential(Account with { Configuration = Configuration });
        using var service = Credential(Account with { ServicePrincipal = "HTTP/x", Configuration = Configuration });
        using var full = Credential(Account with { ServicePrincipal = "HTTP/x@D", Configuration = Configuration });

        string[] Keys(KerberosCredential credential) => [.. new[] { "one.b", "two.b", "one.c", "one.elsewhere" }.Select(credential.KeyOf)];

        Keys(hosts).Should().Equal("one.b", "two.b", "one.c", "one.elsewhere");
        Keys(service).Should().Equal("HTTP/x@B", "HTTP/x@B", "HTTP/x@C", "HTTP/x");
        Keys(full).Should().AllBe("HTTP/x@D");
    }

    [Fact]
    public async Task Dispose_OfACredentialWithTwoOwners_WipesAllItsKeysWithTheSecond()
    {
        var credential = Credential(Account);
        var ticket = await credential.Tickets.JoinAsync("web", static () => Task.FromResult(KerberosTicketTests.Create(TimeSpan.FromHours(1), TimeProvider.System.GetUtcNow())), default);
        var granting = await credential.GrantingTickets.JoinAsync("A", static () => Task.FromResult(KerberosTicketTests.Create(TimeSpan.FromHours(1), TimeProvider.System.GetUtcNow())), default);
        ticket.Dispose();
        granting.Dispose();
        KerberosKey[] keys = [credential.Keytab.Keys[0].Key, ticket.SessionKey, granting.SessionKey];
        credential.TryOwn().Should().BeTrue();

        credential.Dispose();
        keys.Should().OnlyContain(static key => !KerberosKeyBytes.AreWiped(key));
        credential.Dispose();

        keys.Should().OnlyContain(static key => KerberosKeyBytes.AreWiped(key));
        credential.TryOwn().Should().BeFalse();
    }

    private IEnumerable<string> Hosts(KerberosAccount account, string realm)
    {
        using var credential = Credential(account);
        return [.. credential.RealmOf(realm).Servers().Select(static server => $"{server.Host}:{server.Port}")];
    }

    private KerberosCredential Credential(KerberosAccount account) => new(TestSource.Opened(account), TimeProvider.System, new KerberosMetrics(_services.GetRequiredService<IMeterFactory>()));
}
