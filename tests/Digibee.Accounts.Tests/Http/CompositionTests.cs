namespace Digibee.Accounts;

/// <summary>Several accounts on one message: all of them or none, those that sign last, and never two that set the same.</summary>
public sealed class CompositionTests : NetworkTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithSeveralAccounts_AppliesAll(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        string[] names = ["basic", "custom-auth-header", "api-key-query", "api-key-header", "api-key-cookie"];
        using var client = new HttpClient(accounts.CreateHandler(names, Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        using var response = await client.SendAsync(request, synchronously);

        names.Should().OnlyContain(name => TestAccounts.Carries(Network.Request, name));
        request.Headers.Should().BeEmpty();
        request.RequestUri.Should().Be(new Uri("https://api.example/"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_WithTwoAccountsOfOneHeader_NamesBothAndSendsNothing(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler(["basic", "oauth-bearer"], Network.CreateHandler()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Headers = { { "Authorization", "Mine 1" } } };

        var sending = () => client.SendAsync(request, synchronously);

        (await sending.Should().ThrowAsync<AccountValidationException>()).WithMessage("*'oauth-bearer'*the header 'Authorization' is already set by account 'basic'*");
        Network.Connections.Should().Be(0);
        request.Headers.Authorization!.ToString().Should().Be("Mine 1");
    }

    [Theory]
    [InlineData(ApiKeyPlacement.Header, "x-KEY", "the header 'x-KEY'")]
    [InlineData(ApiKeyPlacement.Query, "X-Key", "the query parameter 'X-Key'")]
    [InlineData(ApiKeyPlacement.Cookie, "X-Key", "the cookie 'X-Key'")]
    public async Task SendAsync_WithTwoKeysOfOneName_NamesWhatTheyShare(ApiKeyPlacement placement, string secondName, string expected)
    {
        await using var accounts = await TestAccounts.CreateAsync(Key("first", "X-Key", placement), Key("second", secondName, placement));
        using var client = new HttpClient(accounts.CreateHandler(["first", "second"], Network.CreateHandler()));

        var sending = () => client.GetAsync("https://api.example/");

        (await sending.Should().ThrowAsync<AccountValidationException>()).WithMessage($"*{expected} is already set by account 'first'*");
        Network.Connections.Should().Be(0);
    }

    [Theory]
    [InlineData(ApiKeyPlacement.Query)]
    [InlineData(ApiKeyPlacement.Cookie)]
    public async Task SendAsync_WithTwoKeysWhoseNamesDifferInCase_SendsBoth(ApiKeyPlacement placement)
    {
        await using var accounts = await TestAccounts.CreateAsync(Key("first", "key", placement), Key("second", "Key", placement));
        using var client = new HttpClient(accounts.CreateHandler(["first", "second"], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/");

        Network.Request.ToString().Should().Contain("key=of-first").And.Contain("Key=of-second");
    }

    [Fact]
    public async Task SendAsync_WithTwoContents_NamesBoth()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var content = new StringContent("x");
        using var client = new HttpClient(accounts.CreateHandler(["basic", "oauth-bearer"], Network.CreateHandler(), options =>
        {
            options.UseAuthenticator(Sets<BasicAccount>(content));
            options.UseAuthenticator(Sets<OAuthBearerAccount>(content));
        }));

        var sending = () => client.GetAsync("https://api.example/");

        (await sending.Should().ThrowAsync<AccountValidationException>()).WithMessage("*'oauth-bearer'*the content is already set by account 'basic'*");
    }

    [Fact]
    public async Task SendAsync_WithAnAccountThatSignsTheMessage_AppliesItLastInWhateverOrderTheyAreNamed()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        var signed = "";
        var signer = new TestAuthenticator<BasicAccount>(
            (request, _) =>
            {
                signed = $"{request.RequestUri.Query} {request.Headers["X-Api-Key"]}";
                request.SetHeader("X-Signature", "made");
                return default;
            },
            signsMessage: true);
        using var client = new HttpClient(accounts.CreateHandler(["basic", "api-key-query", "api-key-header"], Network.CreateHandler(), options => options.UseAuthenticator(signer)));

        using var response = await client.GetAsync("https://api.example/");

        signed.Should().Be($"?api%20key=s3cr3t%2F%2B%3Dvalue~ {TestAccounts.SecretText}");
        Network.Request.Header("X-Signature").Should().Be("made");
    }

    [Fact]
    public async Task SendAsync_WhenOneOfSeveralAccountsMayNotGoThere_AppliesNone()
    {
        await using var accounts = await TestAccounts.CreateAsync(Key("first", "X-Key", ApiKeyPlacement.Header), Key("second", "X-Other", ApiKeyPlacement.Header) with { AllowedOrigins = ["https://other.example"] });
        using var client = new HttpClient(accounts.CreateHandler(["first", "second"], Network.CreateHandler()));

        var sending = () => client.GetAsync("https://api.example/");

        (await sending.Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("second");
        Network.Connections.Should().Be(0);
    }

    private static ApiKeyAccount Key(string name, string parameterName, ApiKeyPlacement placement) =>
        new() { Name = name, ParameterName = parameterName, Key = new Secret($"of-{name}"), Placement = placement, AllowedOrigins = ["https://api.example"] };

    private static TestAuthenticator<TAccount> Sets<TAccount>(HttpContent content)
        where TAccount : Account => new((request, _) =>
    {
        request.SetContent(content);
        return default;
    });
}
