using System.Net;

namespace Digibee.Accounts;

/// <summary>What a server that somebody else wrote refuses, and what it is not told.</summary>
[Collection<ApacheNtlmServer>]
public sealed class NtlmApacheRefusalTests(ApacheNtlmServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_TwentyAtOnceWithAWrongPassword_TriesItOnce(bool tls)
    {
        // One of them signs in; the others, and those that come after, are told the same: a directory locks users out by the count.
        var path = $"/?{Guid.NewGuid():N}";
        await using var client = await NtlmClient.CreateAsync(
            server, options => options.NtlmHandshake.Path = path, filter: null, server.Account with { Password = new Secret("wrong password") });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => IsRefusedAsync()));
        await IsRefusedAsync();

        // The challenge, and the answer to it.
        (await server.RequestsAsync(path, requests: 2)).Should().HaveCount(2).And.OnlyContain(static line => line.Contains(" 401 ", StringComparison.Ordinal));

        async Task IsRefusedAsync() => await FluentActions.Awaiting(() => client.Http.GetAsync(Uri(tls, "echo"))).Should().ThrowExactlyAsync<AccountAuthenticationException>();
    }

    [Theory]
    [InlineData("/open/echo", "answered HEAD /open/echo with 200 and did not ask for a sign-in")]
    [InlineData("/basic/echo", "does not offer NTLM: it asks for Basic.")]
    [InlineData("/negotiate", "does not offer NTLM: it asks for Negotiate.")]
    public async Task Get_WhereTheHandshakesPathOffersNoNtlm_IsRefusedWithWhatToDo(string path, string expected)
    {
        await using var client = await NtlmClient.CreateAsync(server, options => options.NtlmHandshake.Path = path, filter: null, server.Account);

        var refusal = (await FluentActions.Awaiting(() => client.Http.GetAsync(Uri(tls: false, "echo"))).Should().ThrowExactlyAsync<AccountAuthenticationException>()).Which;

        refusal.Message.Should().Contain(expected);
    }

    [Fact]
    public async Task Get_RedirectedToAnotherHost_TakesNoIdentityAlong()
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);

        using var response = await client.Http.GetAsync(Uri(tls: false, "away"));

        // Another name of the same machine is another host.
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.RequestMessage!.RequestUri!.Host.Should().Be("127.0.0.1");
        (await response.Content.ReadAsStringAsync()).Should().StartWith("user= method=GET");
        (await server.RequestsAsync("GET /open/echo", requests: 1)).Should().ContainSingle().Which.Should().EndWith(" user=- conn=0 proto=HTTP/1.1 authorization=-");
    }

    private Uri Uri(bool tls, string path) => new(tls ? server.Https : server.Http, path);
}
