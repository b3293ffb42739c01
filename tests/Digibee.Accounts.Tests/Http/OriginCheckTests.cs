namespace Digibee.Accounts;

/// <summary>An account goes to its own origins only, whatever the URI and the Host header look like, through Send and SendAsync.</summary>
public sealed class OriginCheckTests : NetworkTest
{
    // The account is for https://api.example and https://b\u00fccher.example.
    public static TheoryData<string, bool> ForeignUris => new MatrixTheoryData<string, bool>(
        [
            "https://evil.example/",
            "http://api.example/",
            "https://api.example:8443/",
            "https://sub.api.example/",
            "https://xapi.example/",
            "https://api.example.evil.example/",
            "https://api.example@evil.example/",
            "https://api.example:secret@api.example/",
            "https://user@api.example/",
            "https://api.example\u3002evil.example/",
            "https://api.example%2eevil.example/",
            "https://api.example\\@evil.example/",
            "https://evil.example/https://api.example/",
            "https://evil.example#@api.example/",
            "https://evil.example?@api.example/",
            "https://api.example../",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://bucher.example/",
            "https://xn--bcher-kva.example.evil.example/",
        ],
        [false, true]);

    public static TheoryData<string, bool> OwnUris => new MatrixTheoryData<string, bool>(
        ["https://api.example/", "HTTPS://API.EXAMPLE/", "https://api.example:443/", "https://api.example./", "https://api\u3002example/", "https://b\u00fccher.example/", "https://xn--bcher-kva.example/"],
        [false, true]);

    [Theory]
    [MemberData(nameof(ForeignUris))]
    public async Task Send_ToAnotherOrigin_SendsNothing(string uri, bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer() with { AllowedOrigins = ["https://api.example", "https://b\u00fccher.example"] });
        using var client = Client(accounts, "bearer");
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
        {
            // The platform takes it for no URI at all: nothing to send to.
            return;
        }

        var sending = () => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, parsed), synchronously);

        (await sending.Should().ThrowAsync<AccountOriginException>()).Which.AccountName.Should().Be("bearer");
        Network.Connections.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(OwnUris))]
    public async Task Send_ToItsOwnOriginInAnotherSpelling_Sends(string uri, bool synchronously)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer() with { AllowedOrigins = ["https://api.example", "https://b\u00fccher.example"] });
        using var client = Client(accounts, "bearer");

        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri), synchronously);

        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
    }

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("//evil.example/x")]
    [InlineData("\\\\evil.example/x")]
    public async Task SendAsync_WithABaseAddressThatTheUriOverrides_SendsNothing(string uri)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        client.BaseAddress = new Uri("https://api.example/base/");

        var sending = () => client.GetAsync(uri);

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithABaseAddressAndARelativeUri_Sends()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        client.BaseAddress = new Uri("https://api.example/base/");

        using var response = await client.GetAsync("orders");

        Network.Request.Target.Should().Be("/base/orders");
        TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/relative")]
    [InlineData("ftp://api.example/")]
    [InlineData("wss://api.example/")]
    [InlineData("file:///etc/passwd")]
    public async Task SendAsync_ToWhatIsNoHttpUri_SendsNothing(string? uri)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var primary = new TestPrimaryHandler();
        using var invoker = new HttpMessageInvoker(accounts.CreateHandler("bearer", primary));
        using var request = new HttpRequestMessage { RequestUri = uri is null ? null : new Uri(uri, UriKind.RelativeOrAbsolute) };

        var sending = () => invoker.SendAsync(request, default);

        await sending.Should().ThrowAsync<AccountOriginException>();
        primary.Sent.Should().Be(0);
    }

    [Theory]
    [InlineData("api.example", true)]
    [InlineData("API.example.", true)]
    [InlineData("api.example:443", true)]
    [InlineData("evil.example", false)]
    [InlineData("api.example:8443", false)]
    [InlineData("api.example:80", false)]
    [InlineData("api.example.evil.example", false)]
    [InlineData("api.example@evil.example", false)]
    [InlineData("evil.example/api.example", false)]
    [InlineData("api.example, evil.example", false)]
    [InlineData("127.0.0.1", false)]
    public async Task SendAsync_WithAHostHeader_ChecksItLikeTheUri(string host, bool expected)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.TryAddWithoutValidation("Host", host).Should().BeTrue();

        var sending = () => client.SendAsync(request);

        if (expected)
        {
            using var response = await sending();
            TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
        }
        else
        {
            (await sending.Should().ThrowAsync<AccountOriginException>()).WithMessage("*Host header*");
            Network.Connections.Should().Be(0);
        }
    }

    [Fact]
    public async Task SendAsync_WithTwoHostHeaders_SendsNothing()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");
        request.Headers.TryAddWithoutValidation("Host", ["api.example", "evil.example"]);

        var sending = () => client.SendAsync(request);

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_WithAHostHeaderThatIsListedToo_Sends()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer() with { AllowedOrigins = ["https://api.example", "https://virtual.example"] });
        using var client = Client(accounts, "bearer");
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/") { Headers = { Host = "virtual.example" } };

        using var response = await client.SendAsync(request);

        Network.Request.Host.Should().Be("virtual.example");
    }

    // Account's list, client's list, URI, allowed: both given, both must allow; one given, it decides; none, refused.
    [Theory]
    [InlineData(null, null, "https://api.example/", false)]
    [InlineData("https://api.example", null, "https://api.example/", true)]
    [InlineData(null, "https://api.example", "https://api.example/", true)]
    [InlineData(null, "https://api.example", "https://other.example/", false)]
    [InlineData("https://api.example", "https://api.example", "https://api.example/", true)]
    [InlineData("https://api.example", "https://other.example", "https://api.example/", false)]
    [InlineData("https://api.example", "https://other.example", "https://other.example/", false)]
    [InlineData("https://*.api.example", "https://*", "https://a.b.api.example/", true)]
    [InlineData("https://*.api.example", "https://*", "https://api.example/", false)]
    [InlineData("https://*", "https://*.api.example", "https://api.example/", false)]
    [InlineData("https://*", "", "https://api.example/", false)]
    [InlineData(null, "", "https://api.example/", false)]
    [InlineData("https://*", null, "http://api.example/", false)]
    [InlineData("http://api.example", null, "http://api.example/", true)]
    [InlineData("http://api.example", null, "https://api.example/", false)]
    [InlineData("http://api.example", null, "http://api.example:8080/", false)]
    [InlineData("http://api.example:8080", null, "http://api.example:8080/", true)]
    [InlineData("https://api.example:8443", null, "https://api.example:8443/", true)]
    public async Task SendAsync_WithOriginsOfAccountAndClient_GoesWhereBothAllow(string? own, string? clients, string uri, bool expected)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer() with { AllowedOrigins = List(own) ?? AllowedOrigins.None });
        using var client = Client(accounts, "bearer", options => options.Origins = List(clients));

        var sending = () => client.GetAsync(uri);

        if (expected)
        {
            using var response = await sending();
            TestAccounts.Carries(Network.Request, "oauth-bearer").Should().BeTrue();
        }
        else
        {
            await sending.Should().ThrowAsync<AccountOriginException>();
            Network.Connections.Should().Be(0);
        }
    }

    [Fact]
    public async Task SendAsync_WithoutAnyOrigin_SaysHowToSetOne()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer() with { AllowedOrigins = AllowedOrigins.None });
        using var client = Client(accounts, "bearer");

        var sending = () => client.GetAsync("https://api.example:8443/orders?secret=1");

        (await sending.Should().ThrowAsync<AccountOriginException>()).Which.Message.Should()
            .Contain("AllowedOrigins = [\"https://api.example:8443\"]").And.Contain("UseAccount(\"bearer\", c => c.Origins = [\"https://api.example:8443\"])").And.NotContain("secret=1");
    }

    [Fact]
    public async Task SendAsync_WithAnAccountThatARequestChose_ChecksTheSameRule()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = new HttpClient(accounts.CreateHandler([], Network.CreateHandler()));

        var sending = () => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://evil.example/").UseAccount("bearer"));

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Connections.Should().Be(0);
    }

    private static AllowedOrigins? List(string? origin) => origin switch
    {
        null => null,
        "" => AllowedOrigins.None,
        "https://*" => AllowedOrigins.Any,
        _ => [origin],
    };
}
