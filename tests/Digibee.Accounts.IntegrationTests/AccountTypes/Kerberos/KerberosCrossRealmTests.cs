using System.Net;

namespace Digibee.Accounts;

/// <summary>A principal of one realm at a service of another: the two KDCs share the keys of <c>krbtgt/B@A</c>.</summary>
public sealed class KerberosCrossRealmTests
{
    [Fact]
    public async Task Request_ToAServiceWhoseRealmIsKnown_GoesThere()
    {
        await using var a = await KerberosTestRealm.StartAsync(name: "A.EXAMPLE");
        await using var b = await KerberosTestRealm.StartAsync(name: "B.EXAMPLE");
        await TrustAsync(a, b);

        await AssertReachedAsync(a, b, "[domain_realm]\nlocalhost = B.EXAMPLE\n");

        b.Issued("TGS_REQ").Should().Be(1);
    }

    [Fact]
    public async Task Request_ToAServiceWhoseRealmTheKdcKnows_IsReferredThere()
    {
        await using var a = await KerberosTestRealm.StartAsync(name: "A.EXAMPLE");
        await using var b = await KerberosTestRealm.StartAsync(name: "B.EXAMPLE");
        await TrustAsync(a, b);

        // The service has a name with a domain, as the KDC of A demands of a host, and that KDC knows whose domain it is.
        await b.AdministerAsync("addprinc -randkey HTTP/web.b.example");
        await b.AdministerAsync($"ktadd -k {b.Folder}/HTTP-localhost.keytab HTTP/web.b.example");
        await a.StopKdcAsync();
        await File.AppendAllTextAsync($"{a.Folder}/krb5.conf", "  .b.example = B.EXAMPLE\n");
        await a.StartKdcAsync();

        await AssertReachedAsync(a, b, configuration: "", service: "HTTP/web.b.example");

        b.Issued("TGS_REQ").Should().Be(1);
    }

    private static async Task TrustAsync(KerberosTestRealm a, KerberosTestRealm b)
    {
        await a.AdministerAsync("addprinc -pw shared-by-both krbtgt/B.EXAMPLE@A.EXAMPLE");
        await b.AdministerAsync("addprinc -pw shared-by-both krbtgt/B.EXAMPLE@A.EXAMPLE");
    }

    private static async Task AssertReachedAsync(KerberosTestRealm a, KerberosTestRealm b, string configuration, string? service = null)
    {
        var account = a.Account("svc-one") with
        {
            AllowedOrigins = [b.Url.GetLeftPart(UriPartial.Authority)],
            ServicePrincipal = service,
            Configuration = $"{configuration}[realms]\nB.EXAMPLE = {{\nkdc = {b.Kdc}\n}}\n",
        };
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        using var response = await accounts.Http.GetAsync(b.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-User").Should().Equal("svc-one@A.EXAMPLE");
    }
}
