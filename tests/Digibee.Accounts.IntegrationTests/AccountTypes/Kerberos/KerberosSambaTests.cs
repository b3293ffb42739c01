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
