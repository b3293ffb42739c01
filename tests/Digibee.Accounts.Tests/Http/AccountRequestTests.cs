using System.Net.Http.Headers;

namespace Digibee.Accounts;

/// <summary>What an authenticator may put on a message; seen on the message while it is on the wire, and after.</summary>
public sealed class AccountRequestTests
{
    public static TheoryData<string> Unsendable => ["", " s3cr3t", "s3cr3t ", "s3cr3t\t", "s3cr3t\rb", "s3cr3t\nb", "s3cr3t\r\nX-Admin: 1", "s3cr3t\0b", "s3cr3t\u00e9", "s3cr3t\u2028b", "s3cr3t\u007f"];

    public static TheoryData<string> ReservedNames =>
        ["", "X Y", "X:Y", "X\r\nY", "Host", "host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Proxy-Authorization", "Cookie", "TE", "Expect", "Upgrade", "Expires", "Allow", "\u00dc"];

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task SetHeader_WithAValueThatCannotBeSent_IsRefusedWithoutRepeatingIt(string value)
    {
        var error = await RefusedAsync(request => request.SetHeader("X-Key", value));

        error.Problems.Should().ContainSingle().Which.Field.Should().Be("X-Key");
        NotRepeated(error);
    }

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task SetAuthorization_WithAParameterThatCannotBeSent_IsRefusedWithoutRepeatingIt(string value)
    {
        // The platform's own type refuses line breaks already, with a message that is ours to check too.
        AuthenticationHeaderValue? header;
        try
        {
            header = new AuthenticationHeaderValue("Bearer", value);
        }
        catch (FormatException exception)
        {
            NotRepeated(exception);
            return;
        }

        var error = await RefusedAsync(request => request.SetAuthorization(header));

        error.Problems.Should().ContainSingle().Which.Field.Should().Be("Authorization");
        NotRepeated(error);
    }

    [Theory]
    [InlineData("s3cr3t;b")]
    [InlineData("s3cr3t,b")]
    [InlineData("s3cr3t b")]
    [InlineData("s3cr3t\"b")]
    [InlineData("s3cr3t\\b")]
    [InlineData("s3cr3t\r\nX-Admin: 1")]
    [InlineData("s3cr3t\u00e9")]
    public async Task SetCookie_WithAValueThatACookieCannotCarry_IsRefusedWithoutRepeatingIt(string value)
    {
        var error = await RefusedAsync(request => request.SetCookie("session", value));

        NotRepeated(error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a=b")]
    [InlineData("a;b")]
    [InlineData("a\nb")]
    public async Task SetCookie_WithANameThatIsNone_IsRefused(string name) => await RefusedAsync(request => request.SetCookie(name, "v"));

    [Theory]
    [MemberData(nameof(ReservedNames))]
    public async Task SetHeader_WithANameThatNoAccountMaySet_IsRefused(string name)
    {
        var error = await RefusedAsync(request => request.SetHeader(name, "s3cr3t"));

        error.Problems.Should().ContainSingle().Which.Field.Should().Be("HeaderName");
        NotRepeated(error);
    }

    [Fact]
    public async Task SetQueryParameter_WithoutAName_IsRefused() => await RefusedAsync(static request => request.SetQueryParameter("", "v"));

    [Fact]
    public async Task SetHeader_WithAValueThatThePlatformsParserRefuses_SendsItAsItIs()
    {
        var sent = await SentAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/"), static request => request.SetHeader("Authorization", "abc/def+=="));

        sent.Should().Contain("Authorization: abc/def+==");
    }

    [Fact]
    public async Task SetHeader_OverOneOfTheCaller_ReplacesItAndPutsItBackValueByValue()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        message.Headers.Add("X-Key", ["first", "second"]);
        message.Headers.Add("Accept", ["text/plain", "text/html;q=0.5"]);
        message.Headers.TryAddWithoutValidation("Authorization", "not/parsable==");

        var sent = await SentAsync(message, static request =>
        {
            request.SetHeader("x-key", "ours");
            request.SetHeader("Accept", "application/json");
            request.SetAuthorization(new AuthenticationHeaderValue("Bearer", "ours"));
        });

        sent.Should().Contain("x-key: ours").And.Contain("Accept: application/json").And.Contain("Authorization: Bearer ours").And.NotContain("first").And.NotContain("not/parsable");
        message.Headers.NonValidated["X-Key"].Should().Equal("first", "second");
        message.Headers.NonValidated["Accept"].Should().Equal("text/plain", "text/html; q=0.5");
        message.Headers.NonValidated["Authorization"].Should().Equal("not/parsable==");
        message.Headers.Accept.Should().HaveCount(2);
    }

    [Fact]
    public async Task Set_ByOneAccountTwice_KeepsTheLast()
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "https://api.example/?k=0") { Content = new StringContent("mine") };
        message.Headers.Add("X-Key", "mine");
        using var first = new StringContent("1");
        using var second = new StringContent("2");

        var sent = await SentAsync(message, request =>
        {
            request.SetHeader("X-Key", "1");
            request.SetHeader("X-Key", "2");
            request.SetCookie("c", "1");
            request.SetCookie("c", "2");
            request.SetQueryParameter("k", "1");
            request.SetQueryParameter("k", "2");
            request.SetContent(first);
            request.SetContent(second);
            request.Content.Should().BeSameAs(second);
        });

        sent.Should().StartWith("https://api.example/?k=2\n").And.Contain("X-Key: 2").And.Contain("Cookie: c=2");
        message.RequestUri!.Query.Should().Be("?k=0");
        message.Headers.GetValues("X-Key").Should().Equal("mine");
        message.Headers.Contains("Cookie").Should().BeFalse();
        (await message.Content!.ReadAsStringAsync()).Should().Be("mine");
    }

    [Fact]
    public async Task SetCookie_BesideTheCallers_MergesThemAndPutsTheCallersBack()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        message.Headers.Add("Cookie", "mine=1; session=old");
        message.Headers.Add("Cookie", "also=2");

        var sent = await SentAsync(message, static request =>
        {
            request.SetCookie("session", "new");
            request.SetCookie("second", "");
        });

        sent.Should().Contain("Cookie: mine=1; also=2; session=new; second=");
        message.Headers.NonValidated["Cookie"].Should().Equal("mine=1; session=old", "also=2");
    }

    [Fact]
    public async Task SetQueryParameter_WithCharactersThatHaveAMeaning_EncodesThem()
    {
        var sent = await SentAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/p"), static request => request.SetQueryParameter("a&b", "c=d#e f/\u00e9\r\n"));

        sent.Should().StartWith("https://api.example/p?a%26b=c%3Dd%23e%20f%2F%C3%A9%0D%0A\n");
    }

    [Fact]
    public async Task AccountRequest_WhileItIsApplied_ShowsTheMessageAsItWillBeSent()
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, "https://api.example/?a=1") { Headers = { { "X-Mine", "1" } } };

        await SentAsync(message, static request =>
        {
            request.SetQueryParameter("b", "2");
            request.SetHeader("X-Ours", "3");

            request.Method.Should().Be(HttpMethod.Put);
            request.RequestUri.Query.Should().Be("?a=1&b=2");
            request.Headers["X-Mine"].ToString().Should().Be("1");
            request.Headers["X-Ours"].ToString().Should().Be("3");
            request.Content.Should().BeNull();
            request.Attempt.Should().Be(0);
            request.Opened.Address.Name.Should().Be("bearer");
        });
    }

    [Fact]
    public void Set_OfNothing_Throws()
    {
        var request = new AccountRequest(new AccountReference("bearer"), TestSource.Opened(Bearer()), new AccountTypeHandler<OAuthBearerAccount>(new OAuthBearerAuthenticator()), new MessageChanges(new HttpRequestMessage()), 0);

        request.Invoking(static r => r.SetHeader(null!, "v")).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.SetHeader("n", null!)).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.SetAuthorization(null!)).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.SetCookie("n", null!)).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.SetQueryParameter(null!, "v")).Should().Throw<ArgumentNullException>();
        request.Invoking(static r => r.SetContent(null!)).Should().Throw<ArgumentNullException>();
    }

    private static OAuthBearerAccount Bearer() => new() { Name = "bearer", Token = new Secret("t"), AllowedOrigins = ["https://api.example"] };

    private static async Task<AccountValidationException> RefusedAsync(Action<AccountRequest> apply)
    {
        using var primary = new TestPrimaryHandler();
        using var client = ClientThat(apply, primary);
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        var before = message.ToString();

        var sending = () => client.SendAsync(message);

        var error = (await sending.Should().ThrowAsync<AccountValidationException>()).Which;
        error.AccountName.Should().Be("bearer");
        primary.Sent.Should().Be(0);
        message.ToString().Should().Be(before);
        return error;
    }

    private static async Task<string> SentAsync(HttpRequestMessage message, Action<AccountRequest> apply)
    {
        var sent = "";
        using var client = ClientThat(apply, new TestPrimaryHandler(request =>
        {
            sent = $"{request.RequestUri!.AbsoluteUri}\n{request}";
            return new HttpResponseMessage();
        }));
        using var response = await client.SendAsync(message);
        return sent;
    }

    private static HttpClient ClientThat(Action<AccountRequest> apply, HttpMessageHandler primary) =>
        new TestSource(static (_, _, _) => new(TestSource.Opened(Bearer()))).CreateClient(primary, ["bearer"], options =>
            options.UseAuthenticator(new TestAuthenticator<OAuthBearerAccount>((request, _) =>
            {
                apply(request);
                return default;
            })));

    private static void NotRepeated(Exception error) => error.ToString().Should().NotContain("s3cr3t").And.NotContain("X-Admin");
}
