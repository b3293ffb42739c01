using System.Net;

namespace Digibee.Accounts;

/// <summary>Headers and bodies with expressions, from the message to the server.</summary>
public sealed class UseAccountHeaderTests : NetworkTest
{
    private const string Url = "https://api.example/path";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseAccountHeader_BesideTheClientsAccount_SendsTheValuesAndTakesThemOff(bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp"), Login("my.crm", password: "other"));
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.Add("X-Login", "the caller's");
        request.UseAccountHeader("X-Login", "{{ account.erp.username }}:{{ account.my.crm.password }}");

        using var response = await client.SendAsync(request, synchronously);

        Network.Requests[0].Header("X-Login").Should().Be("Aladdin:other");
        Network.Requests[0].Header("Authorization").Should().Be("Bearer " + TestAccounts.SecretText);
        request.Headers.GetValues("X-Login").Should().Equal("the caller's");
        request.Version.Should().Be(HttpVersion.Version11);
    }

    [Fact]
    public async Task UseAccountHeader_OfAnAccountThatChanges_SendsTheNewValueNext()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp"));
        using var client = Client(accounts, "bearer");

        await SendAsync(client, "{{ account.erp.password }}");
        await accounts.Vault.SaveAsync(Login("erp", password: "new"));
        await SendAsync(client, "{{ account.erp.password }}");

        Network.Requests.Select(static sent => sent.Header("X-Login")).Should().Equal(TestAccounts.SecretText, "new");
    }

    [Fact]
    public async Task UseAccountHeader_OfAnAccountThatIsNotForTheOrigin_SendsNothing()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp") with { AllowedOrigins = ["https://other.example"] });
        using var client = Client(accounts, "bearer");

        var send = () => SendAsync(client, "{{ account.erp.password }}");

        (await send.Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("erp");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task UseAccountHeader_OfAnAccountThatIsNotForTheProject_SendsNothing()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp") with { Projects = ["billing"] });
        using var client = Client(accounts, "bearer");

        var send = () => SendAsync(client, "{{ account.erp.password }}");

        await send.Should().ThrowAsync<AccountNotFoundException>();
        Network.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{{ account.erp.token }}", "token")] // of another type
    [InlineData("{{ account.ntlm.domain }}", "domain")] // not filled in
    [InlineData("{{ account.lines.key }}", "X-Login")] // line breaks
    public async Task UseAccountHeader_WhoseValueCannotBeMade_SendsNothingAndNamesTheField(string value, string field)
    {
        await using var accounts = await TestAccounts.CreateAsync(
            Bearer(),
            Login("erp"),
            new NtlmAccount { Name = "ntlm", UserName = "user", Password = new Secret("x"), AllowedOrigins = ["https://api.example"] },
            new SecretKeyAccount { Name = "lines", Key = new Secret("one line\r\nX-Evil: another line"), AllowedOrigins = ["https://api.example"] });
        using var client = Client(accounts, "bearer");

        var send = () => SendAsync(client, value);

        var refusal = (await send.Should().ThrowAsync<AccountValidationException>()).Which;
        refusal.Problems.Should().ContainSingle().Which.Field.Should().Be(field);
        refusal.Message.Should().NotContain("Evil");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task UseAccountHeader_ThatTheClientsAccountSetsToo_IsRefused()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccountHeader("Authorization", "Token {{ account.bearer.token }}");

        var send = () => client.SendAsync(request);

        await send.Should().ThrowAsync<AccountValidationException>("one of the two would be lost");
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task UseAccountHeader_OnAClientWithoutAccounts_IsNotSent()
    {
        using var client = new HttpClient(Network.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccountHeader("X-Login", "{{ account.erp.password }}");

        var send = () => client.SendAsync(request);

        await send.Should().ThrowAsync<NotSupportedException>();
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task UseAccountHeader_ThenUseAccounts_KeepsBoth()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp"));
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccountHeader("X-Login", "{{ account.erp.password }}").UseAccounts();

        using var response = await client.SendAsync(request);

        Network.Requests[0].Header("X-Login").Should().Be(TestAccounts.SecretText);
        Network.Requests[0].Header("Authorization").Should().BeNull();
    }

    [Fact]
    public async Task UseAccountHeader_BesideAnAccountOfAnotherTenant_LooksThereAlone()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp", password: "mine"));
        var tenant = accounts.Vault.For("tenant", "prod");
        await tenant.SaveAsync(Bearer());
        await tenant.SaveAsync(Login("erp", password: "the tenant's"));
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccountHeader("X-Login", "{{ account.erp.password }}").UseAccount(new AccountAddress("tenant", "prod", "bearer"));
        using var absent = new HttpRequestMessage(HttpMethod.Get, Url).UseAccount(new AccountAddress("tenant", "prod", "bearer")).UseAccountHeader("X-Login", "{{ account.only-mine.password }}");
        await accounts.Vault.SaveAsync(Login("only-mine"));

        using var response = await client.SendAsync(request);
        var send = () => client.SendAsync(absent);

        Network.Requests[0].Header("X-Login").Should().Be("the tenant's");
        await send.Should().ThrowAsync<AccountNotFoundException>();
    }

    [Theory]
    [InlineData("/next", true)]
    [InlineData("https://listed.example/next", false)]
    [InlineData("https://other.example/next", false)]
    public async Task UseAccountHeader_OfARedirectedMessage_StaysWithItsOrigin(string target, bool expected)
    {
        Network.Redirect("/first", 302, target);
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp") with { AllowedOrigins = ["https://api.example", "https://listed.example"] });
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/first").UseAccountHeader("X-Login", "{{ account.erp.password }}");
        request.Headers.Add("X-Login", "the caller's");

        using var response = await client.SendAsync(request);

        Network.Requests.Should().HaveCount(2);
        Network.Requests[1].Header("X-Login").Should().Be(expected ? TestAccounts.SecretText : null);
    }

    [Theory]
    [InlineData("application/json", """{"p":"{{ account.erp.password }}","q":"{{ message.q }}"}""", """{"p":"a\"\\&<é","q":"{{ message.q }}"}""")]
    [InlineData("application/problem+json", "\"{{ account.erp.password }}\"", "\"a\\\"\\\\&<é\"")]
    [InlineData("text/xml", "<p>{{ account.erp.password }}</p>", "<p>a&quot;\\&amp;&lt;é</p>")]
    [InlineData("application/x-www-form-urlencoded", "p={{ account.erp.password }}", "p=a%22%5C%26%3C%C3%A9")]
    [InlineData("text/plain", "{{ account.erp.password }}", "a\"\\&<é")]
    public async Task Content_WithAnExpression_SendsTheValueAsTheMediaTypeWritesIt(string mediaType, string text, string expected)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp", password: "a\"\\&<é"));
        using var client = Client(accounts, "bearer");
        using var content = new AccountExpressionContent(text, mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = content };

        using var response = await client.SendAsync(request);

        Network.Requests[0].Body.Should().Be(expected);
        Network.Requests[0].Header("Content-Type").Should().Be($"{mediaType}; charset=utf-8");
        request.Content.Should().BeSameAs(content);
        content.Text.Should().Be(text);
    }

    [Theory]
    [InlineData("/next", 2)]
    [InlineData("https://other.example/next", 1)]
    public async Task Content_OfARedirectedMessage_StaysWithItsOrigin(string target, int expectedRequests)
    {
        Network.Redirect("/first", 307, target);
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp"));
        using var client = Client(accounts, "bearer", static options => options.SendContentToUnlistedOrigins = true);

        using var response = await client.PostAsync("https://api.example/first", new AccountExpressionContent("{{ account.erp.password }}", "text/plain"));

        Network.Requests.Should().HaveCount(expectedRequests);
        Network.Requests[^1].Body.Should().Be(TestAccounts.SecretText);
    }

    [Fact]
    public async Task Content_WithAnExpression_IsSignedWithItsValues()
    {
        var aws = TestAccounts.All(["https://api.example"]).Single(static account => account.Name == "aws-v4");
        await using var accounts = await TestAccounts.CreateAsync(aws, Login("erp"));
        using var client = Client(accounts, "aws-v4");

        using var response = await client.PostAsync(Url, new AccountExpressionContent("{{ account.erp.username }}", "text/plain"));

        Network.Requests[0].Body.Should().Be("Aladdin");
        TestAccounts.Carries(Network.Requests[0], "aws-v4").Should().BeTrue("the verifier hashes the body it received");
    }

    [Fact]
    public async Task Content_OnAClientWithoutAccounts_IsNotSent()
    {
        using var client = new HttpClient(Network.CreateHandler());

        var send = () => client.PostAsync(Url, new AccountExpressionContent("{{ account.erp.password }}"));

        await send.Should().ThrowAsync<AccountUnavailableException>();
    }

    [Fact]
    public async Task Expressions_OnAClientThatKeepsCookies_AreRefused()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer(), Login("erp"));
        using var client = Client(accounts, "bearer", static options => options.UseCookies = true);

        var send = () => client.PostAsync(Url, new AccountExpressionContent("{{ account.erp.password }}"));

        await send.Should().ThrowAsync<AccountUnavailableException>();
        Network.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Content-Type")]
    [InlineData("not a token")]
    public void UseAccountHeader_ThatFramesTheMessage_IsRefused(string name)
    {
        using var request = new HttpRequestMessage();

        var use = () => request.UseAccountHeader(name, "{{ account.erp.password }}");

        use.Should().Throw<ArgumentException>().WithParameterName(nameof(name));
    }

    private static BasicAccount Login(string name, string password = TestAccounts.SecretText) =>
        new() { Name = name, UserName = "Aladdin", Password = new Secret(password), AllowedOrigins = ["https://api.example"] };

    private static async Task SendAsync(HttpClient client, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccountHeader("X-Login", value);
        using var response = await client.SendAsync(request);
    }
}
