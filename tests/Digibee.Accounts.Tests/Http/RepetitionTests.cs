using System.Net;

namespace Digibee.Accounts;

/// <summary>One repetition for all reasons together, of a SendAsync whose body can be sent again. The reasons are those of an authenticator made for the test.</summary>
public sealed class RepetitionTests : NetworkTest
{
    public RepetitionTests() => Reviewer = new TestAuthenticator<OAuthBearerAccount>(
        (request, account) =>
        {
            Attempts.Add(request.Attempt);
            Attempts.Count.Should().BeLessThan(10, "a repetition without an end would hang the test");
            request.SetHeader("X-Token", account.Token.Reveal());
            return default;
        },
        static (response, _) => new(response.StatusCode == HttpStatusCode.Unauthorized ? AccountVerdict.Repeat : AccountVerdict.Accept));

    public static TheoryData<string, bool> Contents => new()
    {
        { "none", true },
        { "bytes", true },
        { "string", true },
        { "form", true },
        { "json", true },
        { "memory", true },
        { "multipart", true },
        { "form-data", true },
        { "stream", true },
        { "stream-from-the-middle", true },
        { "stream-with-a-length", true },
        { "unseekable-but-marked", true },
        { "unseekable", false },
        { "unseekable-with-a-length", false },
        { "multipart-with-unseekable", false },
        { "own", false },
    };

    private TestAuthenticator<OAuthBearerAccount> Reviewer { get; }

    private List<int> Attempts { get; } = [];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task SendAsync_WhenTheAuthenticatorAsksForIt_RepeatsOnceIfTheBodyCanBeSentAgain(string content, bool expected)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (_, response) => response.StatusCode = 401;
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/") { Content = TestContents.Make(content) };
        if (content == "unseekable-but-marked")
        {
            request.AllowContentReplay();
            request.Content = new TestContents.Own();
        }

        using var response = await client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the second answer is the caller's");
        Attempts.Should().Equal(expected ? [0, 1] : [0]);
        Network.Requests.Should().HaveCount(Attempts.Count);
        if (expected)
        {
            Network.Requests[1].Body.Should().Be(Network.Requests[0].Body);
        }
    }

    [Fact]
    public async Task Send_WhenTheAuthenticatorAsksForARepetition_NeverRepeats()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (_, response) => response.StatusCode = 401;
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        using var response = client.Send(request);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        Attempts.Should().Equal(0);
    }

    [Fact]
    public async Task SendAsync_WithTwoAuthenticatorsThatAsk_RepeatsOnceForBoth()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        Network.Answer = static (_, response) => response.StatusCode = 401;
        using var client = new HttpClient(accounts.CreateHandler(["oauth-bearer", "basic"], Network.CreateHandler(), options =>
        {
            options.UseAuthenticator(Reviewer);
            options.UseAuthenticator(new TestAuthenticator<BasicAccount>(review: static (_, _) => new(AccountVerdict.Repeat)));
        }));

        using var response = await client.GetAsync("https://api.example/");

        Network.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_RepeatedAfterTheAccountWasChanged_UsesTheChange()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = (request, response) =>
        {
            response.StatusCode = request.Header("X-Token") == "new" ? 200 : 401;
            accounts.Vault.SaveAsync(Bearer(token: "new")).AsTask().GetAwaiter().GetResult();
        };
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.GetAccountRefusal().Should().BeNull();
        Network.Requests.Select(static request => request.Header("X-Token")).Should().Equal(TestAccounts.SecretText, "new");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_RepeatedInAScopeThatChangedMeanwhile_KeepsToWhereTheAccountCameFrom(bool wasScoped)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(token: "stored"));
        using var scope = accounts.Vault.BeginScope();
        if (wasScoped)
        {
            scope.Set(Bearer(token: "scoped"));
        }

        Network.Answer = (_, response) =>
        {
            response.StatusCode = 401;
            scope.Set(Bearer(token: "set-meanwhile"));
        };
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));

        using var response = await client.GetAsync("https://api.example/");

        var expected = wasScoped ? "scoped" : "stored";
        Network.Requests.Select(static request => request.Header("X-Token")).Should().Equal(expected, expected);
    }

    [Fact]
    public async Task SendAsync_RepeatedThenRedirected_RepeatsNoMore()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        var first = true;
        Network.Answer = (request, response) =>
        {
            response.StatusCode = request.Target == "/next" || first ? 401 : 302;
            response.Headers.Location = "/next";
            first = false;
        };
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));

        using var response = await client.GetAsync("https://api.example/first");

        Network.Requests.Select(static request => request.Target).Should().Equal("/first", "/first", "/next");
        Attempts.Should().Equal(0, 1, 1);
    }

    [Fact]
    public async Task SendAsync_Repeated_DrainsTheFirstAnswerAndUsesTheConnectionAgain()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (_, response) => response.StatusCode = 401;
        Network.AnswerBody = static (_, response) => response.Body.WriteAsync(new byte[200]).AsTask();
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Reviewer));

        using var response = await client.GetAsync("https://api.example/");

        Network.Requests.Should().HaveCount(2);
        Network.Connections.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_WithContentThatTheAuthenticatorSets_SendsItEachTimeAndPutsTheCallersBack()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (_, response) => response.StatusCode = 401;
        using var client = Client(accounts, "bearer", static options => options.UseAuthenticator(new TestAuthenticator<OAuthBearerAccount>(
            static (request, _) =>
            {
                request.SetContent(new StringContent($"attempt {request.Attempt}"));
                return default;
            },
            static (_, _) => new(AccountVerdict.Repeat))));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/") { Content = new StringContent("mine") };

        using var response = await client.SendAsync(request);

        Network.Requests.Select(static sent => sent.Body).Should().Equal("attempt 0", "attempt 1");
        (await request.Content!.ReadAsStringAsync()).Should().Be("mine");
    }
}
