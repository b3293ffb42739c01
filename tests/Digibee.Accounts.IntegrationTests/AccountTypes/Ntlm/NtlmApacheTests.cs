using System.Globalization;
using System.Net;

namespace Digibee.Accounts;

/// <summary>What a server that somebody else wrote makes of our sign-in, in clear and over TLS.</summary>
[Collection<ApacheNtlmServer>]
public sealed class NtlmApacheTests(ApacheNtlmServer server)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_WithTheRightPassword_IsAnsweredToTheUser(bool tls)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);

        var answer = await client.Http.GetStringAsync(Echo(tls));

        answer.Should().StartWith(@"user=TESTDOM\alice method=GET");
    }

    [Theory]
    [InlineData(@"TESTDOM\alice", null)]
    [InlineData("alice@TESTDOM", null)]
    [InlineData("ALICE", "TESTDOM")]
    public async Task Get_WithEachFormOfAUserName_IsAnswered(string userName, string? domain)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account with { UserName = userName, Domain = domain });

        using var response = await client.Http.GetAsync(Echo(tls: false));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, "wrong password", "TESTDOM")]
    [InlineData(true, "wrong password", "TESTDOM")]
    [InlineData(false, "S3cret!pass", "OTHER")]
    [InlineData(true, "S3cret!pass", "OTHER")]
    public async Task Get_WithAWrongPasswordOrDomain_IsRefusedEachTimeAndAcceptedOnceCorrected(bool tls, string password, string domain)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account with { Password = new Secret(password), Domain = domain });

        for (var i = 0; i < 3; i++)
        {
            var refusal = (await FluentActions.Awaiting(() => client.Http.GetAsync(Echo(tls))).Should().ThrowExactlyAsync<AccountAuthenticationException>()).Which;
            refusal.AccountName.Should().Be("intranet");
            refusal.Message.Should().Contain("401").And.Contain("NTLM").And.NotContain(password);
        }

        await client.Vault.SaveAsync(server.Account);
        using var response = await client.Http.GetAsync(Echo(tls));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_TwentyAtOnce_AreAllAnsweredToTheUser(bool tls)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.Http.GetStringAsync(Echo(tls))));

        answers.Should().OnlyContain(static answer => answer.StartsWith(@"user=TESTDOM\alice ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, 300_000)]
    [InlineData(true, 300_000)]
    [InlineData(false, null)]
    [InlineData(true, null)]
    public async Task Post_OfABodyThatCanBeReadOnce_ArrivesWhole(bool tls, int? length)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);
        using var content = new StreamContent(new OneWayStream(300_000)) { Headers = { ContentLength = length } };

        using var response = await client.Http.PostAsync(Echo(tls), content);

        (await response.Content.ReadAsStringAsync()).Should().StartWith($@"user=TESTDOM\alice method=POST length={length ?? 0} ").And.EndWith("\n300000\n");
    }

    // Apache closes a connection after 100 requests, those of the sign-in included.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_OverMoreThanTheServerServesOnAConnection_SignsEachConnectionIn(bool tls)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);
        var query = $"?{Guid.NewGuid():N}";

        for (var i = 0; i < 250; i++)
        {
            (await client.Http.GetStringAsync(Echo(tls, query))).Should().StartWith(@"user=TESTDOM\alice ");
        }

        (await server.ConnectionsThatServedAsync($"/echo{query}", requests: 250)).Should().Be(3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_OfTwoUsersInTurn_IsAnsweredToEachUserAThousandTimes(bool tls)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account, server.SetUser("bob", "Other!pass"));

        for (var i = 0; i < 1_000; i++)
        {
            var isBob = i % 2 == 1;
            using var request = new HttpRequestMessage(HttpMethod.Get, Echo(tls));
            if (isBob)
            {
                request.UseAccount("bob");
            }

            using var response = await client.Http.SendAsync(request);
            (await response.Content.ReadAsStringAsync()).Should().StartWith(isBob ? @"user=TESTDOM\bob " : @"user=TESTDOM\alice ", "of request {0}", i.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Get_FromFourFlowsWhileTheAccountIsSavedTwentyTimes_IsAlwaysAnsweredToTheUser()
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);

        await RotationLoad.RunAsync(client.Vault, save => server.Account with { Description = $"the {save}th" }, async () =>
            (await client.Http.GetStringAsync(Echo(tls: false))).Should().StartWith(@"user=TESTDOM\alice "));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Get_AcrossARotation_IsSignedInAsTheNewRevisionFromThenOn(bool tls)
    {
        var before = server.SetUser("carol", "before");
        await using var client = await NtlmClient.CreateAsync(server, before);
        var query = $"?{Guid.NewGuid():N}";

        (await client.Http.GetStringAsync(Echo(tls, query))).Should().StartWith(@"user=TESTDOM\carol ");
        await client.Vault.SaveAsync(server.SetUser("carol", "after"));
        (await client.Http.GetStringAsync(Echo(tls, query))).Should().StartWith(@"user=TESTDOM\carol ");

        (await server.ConnectionsThatServedAsync($"/echo{query}", requests: 2)).Should().Be(2);
    }

    [Fact]
    public async Task Get_AskingForHttp2_GoesOverHttp11()
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);
        using var request = new HttpRequestMessage(HttpMethod.Get, Echo(tls: true)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher };

        using var response = await client.Http.SendAsync(request);

        (await response.Content.ReadAsStringAsync()).Should().Contain("proto=HTTP/1.1");
        request.Version.Should().Be(HttpVersion.Version20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithoutAsync_IsAnsweredToTheUser(bool tls)
    {
        await using var client = await NtlmClient.CreateAsync(server, server.Account);
        using var request = new HttpRequestMessage(HttpMethod.Get, Echo(tls));

        using var response = client.Http.Send(request);

        using var body = new StreamReader(response.Content.ReadAsStream());
        body.ReadToEnd().Should().StartWith(@"user=TESTDOM\alice ");
    }

    private Uri Echo(bool tls, string query = "") => new(tls ? server.Https : server.Http, $"echo{query}");
}
