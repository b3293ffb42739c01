using System.Net;

namespace Digibee.Accounts;

/// <summary>Requests with tickets of an Active Directory domain.</summary>
[Collection<SambaServer>]
public sealed class KerberosSambaTests(SambaServer server)
{
    [Theory]
    [InlineData("svc-one")]
    [InlineData("svc-two")]
    public async Task Request_OfAUserOfTheDomain_IsTheirs(string user)
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account(user));

        using var response = await accounts.Http.GetAsync(server.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-User").Should().Equal($"{user}@{server.Realm}");
    }

    [Fact]
    public async Task Request_WhoseServiceMustProveItself_IsAnswered()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account("svc-one") with { RequireMutualAuthentication = true });

        using var response = await accounts.Http.GetAsync(server.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_OverTcp_IsTaken()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account("svc-one") with { Configuration = "[libdefaults]\nudp_preference_limit = 1\n" });

        using var response = await accounts.Http.GetAsync(server.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WithAnotherUsersKey_SaysThatItIsNotAccepted()
    {
        var two = server.Account("svc-two");
        var account = server.Account("svc-one") with { Keytab = new Secret(Convert.ToBase64String(Renamed(Convert.FromBase64String(two.Keytab.Reveal())))) };
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        var sending = () => accounts.Http.GetAsync(server.Url);

        (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("does not accept the key");
    }

    [Fact]
    public async Task Request_ToAnUnknownService_SaysSo()
    {
        await using var accounts = await AccountHttpClient.CreateAsync(server.Account("svc-one") with { ServicePrincipal = "HTTP/nowhere.example" });

        var sending = () => accounts.Http.GetAsync(server.Url);

        (await sending.Should().ThrowAsync<AccountAuthenticationException>()).Which.Message.Should().Contain("does not know the service");
    }

    // As a user has it whose password is older than AES in the domain.
    [Fact]
    public async Task Request_OfAUserWithAnRc4KeyAlone_IsTheirsIfTheAccountAllowsIt()
    {
        await server.AddAsync("svc-rc4", "rc4-only");
        var account = server.Account("svc-rc4");
        await FluentActions.Awaiting(() => AccountHttpClient.CreateAsync(account)).Should().ThrowAsync<AccountValidationException>().WithMessage("*AllowRc4*");
        await using var accounts = await AccountHttpClient.CreateAsync(account with { AllowRc4 = true });

        using var response = await accounts.Http.GetAsync(server.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-User").Should().Equal($"svc-rc4@{server.Realm}");
    }

    // Each of its tickets carries the number of every group.
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Request_OfAUserInManyGroups_CarriesATicketThatNoDatagramHolds()
    {
        await server.AddAsync("svc-many", "groups", "1500");
        var account = server.Account("svc-many");
        (await KerberosToken.CatchAsync(account)).Ticket.Length.Should().BeGreaterThan(12_000);
        await using var accounts = await AccountHttpClient.CreateAsync(account);

        using var response = await accounts.Http.GetAsync(server.Url);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("X-User").Should().Equal($"svc-many@{server.Realm}");
    }

    // The other realm is one of MIT's KDC, and the two share a key.
    [Fact]
    public async Task Request_ToAServiceOfARealmThatTheDomainTrusts_IsReferredThere()
    {
        await using var other = await KerberosTestRealm.StartAsync(name: "B.EXAMPLE");
        await server.ChangeAsync("trust", "B.EXAMPLE", "shared-by-both");
        await other.AdministerAsync($"addprinc -pw shared-by-both -e aes256-cts-hmac-sha1-96:normal,aes128-cts-hmac-sha1-96:normal krbtgt/B.EXAMPLE@{server.Realm}");
        await other.AdministerAsync("addprinc -randkey HTTP/web.b.example");
        await other.AdministerAsync($"ktadd -k {other.Folder}/HTTP-localhost.keytab HTTP/web.b.example");

        // By what the account knows of the host, and by what the domain knows of it.
        await AssertReachedAsync("[domain_realm]\nlocalhost = B.EXAMPLE\n", service: null);
        await AssertReachedAsync(configuration: "", "HTTP/web.b.example");

        other.Issued("TGS_REQ").Should().Be(2);

        async Task AssertReachedAsync(string configuration, string? service)
        {
            var account = server.Account("svc-one") with
            {
                AllowedOrigins = [other.Url.GetLeftPart(UriPartial.Authority)],
                ServicePrincipal = service,
                Configuration = $"{configuration}[realms]\nB.EXAMPLE = {{\nkdc = {other.Kdc}\n}}\n",
            };
            await using var accounts = await AccountHttpClient.CreateAsync(account);

            using var response = await accounts.Http.GetAsync(other.Url);

            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Headers.GetValues("X-User").Should().Equal($"svc-one@{server.Realm}");
        }
    }

    // Both names are equally long.
    private static byte[] Renamed(byte[] keytab)
    {
        for (var at = keytab.AsSpan().IndexOf("svc-two"u8); at >= 0; at = keytab.AsSpan().IndexOf("svc-two"u8))
        {
            "svc-one"u8.CopyTo(keytab.AsSpan(at));
        }

        return keytab;
    }
}
