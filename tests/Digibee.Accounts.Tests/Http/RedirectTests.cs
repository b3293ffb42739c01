using System.Net;

namespace Digibee.Accounts;

/// <summary>What a redirect takes along, for every HTTP type, status and kind of target, through Send and SendAsync.</summary>
public sealed class RedirectTests : NetworkTest
{
    public static IEnumerable<TheoryDataRow<string, int, string, bool>> Redirects() =>
        from account in TestAccounts.All(AllowedOrigins.None)
        from status in new[] { 301, 302, 303, 307, 308 }
        from target in new[] { "https://api.example/next", "https://other.example/next", "https://api.example:8443/next", "http://api.example/next", "https://sub.api.example/next" }
        from synchronously in new[] { false, true }
        select new TheoryDataRow<string, int, string, bool>(account.Name, status, target, synchronously);

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task Redirect_OfARequestWithAnAccount_TakesItAlongToTheSameOriginOnly(string name, int status, string target, bool synchronously)
    {
        Network.Redirect("/first", status, target);
        await using var accounts = await SaveAsync(name, ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler(name, Network.CreateHandler()));

        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/first?keep=a%2Fb");
        using var response = await client.SendAsync(request, synchronously);

        TestAccounts.Carries(Network.Requests[0], name).Should().BeTrue();
        if (target.StartsWith("http://", StringComparison.Ordinal))
        {
            Network.Requests.Should().ContainSingle("https to http is never followed");
            response.StatusCode.Should().Be((HttpStatusCode)status);
            return;
        }

        Network.Requests.Should().HaveCount(2);
        Network.Requests[1].Target.Should().StartWith("/next");
        if (target == "https://api.example/next")
        {
            TestAccounts.Carries(Network.Requests[1], name).Should().BeTrue();
        }
        else
        {
            TestAccounts.HoldsSecret(Network.Requests[1]).Should().BeFalse();
        }

        request.RequestUri.Should().Be(new Uri("https://api.example/first?keep=a%2Fb"));
        request.Headers.Should().BeEmpty();
        response.RequestMessage!.RequestUri!.AbsoluteUri.Should().Be(target);
        response.RequestMessage.Headers.Should().BeEmpty();
    }

    [Theory]
    [InlineData("https://*.other.example", false)]
    [InlineData("https://*", false)]
    [InlineData("https://shop.other.example", true)]
    public async Task Redirect_ToAnotherOrigin_TakesTheAccountAlongOnlyWhenThatOriginIsListedAsItIs(string origin, bool expected)
    {
        Network.Redirect("/first", 302, "https://shop.other.example/next");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example", origin]);
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first");

        TestAccounts.Carries(Network.Requests[1], "oauth-bearer").Should().Be(expected);
    }

    [Fact]
    public async Task Redirect_BackToTheFirstOrigin_LeavesTheAccountOff()
    {
        Network.Redirect("/first", 302, "https://other.example/second");
        Network.Redirect("/second", 302, "https://api.example/third");
        await using var accounts = await SaveAsync("oauth-bearer", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("oauth-bearer", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first");

        Network.Requests.Select(request => TestAccounts.HoldsSecret(request)).Should().Equal(true, false, false);
    }

    [Fact]
    public async Task Redirect_ThatEchoesTheQueryKey_DoesNotCarryItToTheOtherOrigin()
    {
        Network.Answer = (request, response) =>
        {
            if (request.Host == "api.example")
            {
                response.StatusCode = 302;
                response.Headers.Location = "https://other.example" + request.Target;
            }
        };
        await using var accounts = await SaveAsync("api-key-query", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("api-key-query", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first?a=1");

        Network.Requests[1].Target.Should().Be("/first?a=1");
        response.RequestMessage!.RequestUri!.Query.Should().Be("?a=1");
    }

    [Theory]
    [InlineData("api+key=s3cr3t/%2B%3dvalue%7E")]
    [InlineData("%61pi%20key=s3cr3t%2f%2b=value~")]
    public async Task Redirect_ThatEchoesTheQueryKeyInAnotherEncoding_DoesNotCarryItToTheOtherOrigin(string echo)
    {
        Network.Redirect("/first", 302, $"https://other.example/next?a=1&{echo}&b=2");
        Network.Redirect("/next", 302, $"https://third.example/last?{echo}");
        await using var accounts = await SaveAsync("api-key-query", ["https://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("api-key-query", Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first");

        Network.Requests.Select(static request => request.Target).Skip(1).Should().Equal("/next?a=1&b=2", "/last");
    }

    [Fact]
    public async Task Redirect_WithOneAccountOfSeveralListedThere_TakesThatOneAlong()
    {
        Network.Redirect("/first", 307, "https://other.example/next");
        var all = TestAccounts.All(["https://api.example"]);
        await using var accounts = await TestAccounts.CreateAsync(
            all.Single(static account => account.Name == "basic"), all.Single(static account => account.Name == "api-key-header") with { AllowedOrigins = ["https://api.example", "https://other.example"] });
        using var client = new HttpClient(accounts.CreateHandler(["basic", "api-key-header"], Network.CreateHandler()));

        using var response = await client.GetAsync("https://api.example/first");

        TestAccounts.Carries(Network.Requests[1], "api-key-header").Should().BeTrue();
        Network.Requests[1].Header("Authorization").Should().BeNull();
    }

    [Fact]
    public async Task Redirect_WithAListOfTheClientToo_TakesTheAccountAlongOnlyWhereBothListTheOrigin()
    {
        Network.Redirect("/first", 302, "https://shop.other.example/next");
        await using var accounts = await SaveAsync("basic", ["https://api.example", "https://shop.other.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler(), static options => options.Origins = ["https://api.example", "https://*.other.example"]));

        using var response = await client.GetAsync("https://api.example/first");

        TestAccounts.HoldsSecret(Network.Requests[1]).Should().BeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redirect_FollowedByAHandlerAboveUs_IsNotGivenTheAccountAgain(bool synchronously)
    {
        Network.Redirect("/first", 302, "https://other.example/next");
        await using var accounts = await SaveAsync("api-key-header", ["https://api.example"]);
        var primary = Network.CreateHandler();
        primary.AllowAutoRedirect = false;
        using var client = new HttpClient(new FollowingHandler { InnerHandler = accounts.CreateHandler("api-key-header", primary) });

        var sending = () => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://api.example/first"), synchronously);

        await sending.Should().ThrowAsync<AccountOriginException>();
        Network.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Redirect_FromClearTextToClearText_IsFollowedWithoutTheAccount()
    {
        Network.Redirect("/first", 302, "http://other.example/next");
        await using var accounts = await SaveAsync("basic", ["http://api.example"]);
        using var client = new HttpClient(accounts.CreateHandler("basic", Network.CreateHandler()));

        using var response = await client.GetAsync("http://api.example/first");

        Network.Requests.Select(static request => TestAccounts.HoldsSecret(request)).Should().Equal(true, false);
    }

    private static Task<DigibeeAccounts> SaveAsync(string name, AllowedOrigins origins) =>
        TestAccounts.CreateAsync(TestAccounts.All(origins).Single(account => account.Name == name));

    /// <summary>What people write above a handler: on a redirect, the same message again with the other URI.</summary>
    private sealed class FollowingHandler : DelegatingHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = base.Send(request, cancellationToken);
            if (response.Headers.Location is not { } location)
            {
                return response;
            }

            request.RequestUri = location;
            return base.Send(request, cancellationToken);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.Location is not { } location)
            {
                return response;
            }

            request.RequestUri = location;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
