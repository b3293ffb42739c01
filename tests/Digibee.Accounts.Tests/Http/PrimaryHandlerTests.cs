using System.Net;

namespace Digibee.Accounts;

/// <summary>What becomes of the user's primary handler when an account handler is put around it.</summary>
public sealed class PrimaryHandlerTests : NetworkTest
{
    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 50)]
    public void TakeOver_OfSockets_RemembersTheWishAndSwitchesOff(bool follow, int limit)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = follow, MaxAutomaticRedirections = limit };

        var policy = PrimaryHandler.TakeOver(handler, Settings());

        policy.Follow.Should().Be(follow);
        if (follow)
        {
            policy.Limit.Should().Be(limit);
        }

        handler.AllowAutoRedirect.Should().BeFalse();
        handler.UseCookies.Should().BeFalse();
    }

    [Fact]
    public void TakeOver_OfAClassicHandlerBelowOthers_RemembersTheWishAndSwitchesOff()
    {
        using var classic = new HttpClientHandler { MaxAutomaticRedirections = 7 };
        using var outer = new Passing { InnerHandler = new Passing { InnerHandler = classic } };

        var policy = PrimaryHandler.TakeOver(outer, Settings());

        policy.Should().Be(new RedirectPolicy(Follow: true, Limit: 7));
        classic.AllowAutoRedirect.Should().BeFalse();
        classic.UseCookies.Should().BeFalse();
    }

    [Fact]
    public void TakeOver_OfATransportOfTheUsers_LeavesItAlone()
    {
        using var handler = new TestPrimaryHandler();

        PrimaryHandler.TakeOver(handler, Settings()).Follow.Should().BeFalse();
    }

    [Fact]
    public void TakeOver_OfAChainThatIsNotFinished_IsRefused()
    {
        using var outer = new Passing { InnerHandler = new Passing() };

        var taking = () => PrimaryHandler.TakeOver(outer, Settings());

        taking.Should().Throw<InvalidOperationException>().WithMessage("*'test'*Passing*InnerHandler*");
    }

    [Theory]
    [InlineData("redirects")]
    [InlineData("cookies")]
    [InlineData("credentials")]
    [InlineData("another")]
    public async Task Send_OfAHandlerThatWasChangedAfterItWasTakenOver_SendsNothing(string change)
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        var sockets = Network.CreateHandler();
        var outer = new Passing { InnerHandler = sockets };
        using var client = new HttpClient(accounts.CreateHandler("bearer", outer));
        switch (change)
        {
            case "redirects":
                sockets.AllowAutoRedirect = true;
                break;
            case "cookies":
                sockets.UseCookies = true;
                break;
            case "credentials":
                sockets.Credentials = new NetworkCredential("user", "s3cr3t");
                break;
            default:
                outer.InnerHandler = Network.CreateHandler();
                break;
        }

        var sending = () => client.GetAsync("https://api.example/");

        (await sending.Should().ThrowAsync<AccountUnavailableException>()).Which.Message.Should().NotContain("s3cr3t");
        Network.Connections.Should().Be(0);
    }

    [Fact]
    public void TakeOver_OfAHandlerThatServesSeveralClients_KeepsTheWishForEach()
    {
        using var shared = new SocketsHttpHandler { MaxAutomaticRedirections = 7 };

        var first = PrimaryHandler.TakeOver(shared, Settings());
        var second = PrimaryHandler.TakeOver(new Passing { InnerHandler = shared }, Settings());

        second.Should().Be(first).And.Be(new RedirectPolicy(Follow: true, Limit: 7));
    }

    [Fact]
    public async Task TakeOver_OfAHandlerThatHasSentThroughAnotherClientOfOurs_IsNoError()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        Network.Redirect("/first", 302, "/next");
        using var shared = Network.CreateHandler();
        using var first = new HttpClient(accounts.CreateHandler("basic", shared), disposeHandler: false);
        using var before = await first.GetAsync("https://api.example/");

        using var second = new HttpClient(accounts.CreateHandler("oauth-bearer", shared), disposeHandler: false);
        using var response = await second.GetAsync("https://api.example/first");

        Network.Requests[^1].Target.Should().Be("/next");
        TestAccounts.Carries(Network.Requests[^1], "oauth-bearer").Should().BeTrue();
    }

    [Theory]
    [InlineData("credentials")]
    [InlineData("pre-authenticate")]
    public void TakeOver_OfSocketsWithCredentialsOfTheirOwn_IsRefusedWithTheLineToWrite(string what)
    {
        using var handler = new SocketsHttpHandler();
        if (what == "credentials")
        {
            handler.Credentials = new NetworkCredential("user", "s3cr3t");
        }
        else
        {
            handler.PreAuthenticate = true;
        }

        var taking = () => PrimaryHandler.TakeOver(handler, Settings());

        taking.Should().Throw<InvalidOperationException>().WithMessage("*'test'*new SocketsHttpHandler { Credentials = null*").Which.Message.Should().NotContain("s3cr3t");
    }

    [Theory]
    [InlineData("credentials")]
    [InlineData("pre-authenticate")]
    [InlineData("default")]
    public void TakeOver_OfAClassicHandlerWithCredentialsOfItsOwn_IsRefusedWithTheLineToWrite(string what)
    {
        using var handler = new HttpClientHandler();
        switch (what)
        {
            case "credentials":
                handler.Credentials = new NetworkCredential("user", "s3cr3t");
                break;
            case "pre-authenticate":
                handler.PreAuthenticate = true;
                break;
            default:
                handler.UseDefaultCredentials = true;
                break;
        }

        var taking = () => PrimaryHandler.TakeOver(handler, Settings());

        taking.Should().Throw<InvalidOperationException>().WithMessage("*'test'*new HttpClientHandler { Credentials = null*").Which.Message.Should().NotContain("s3cr3t");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task TakeOver_OfAHandlerThatHasSentWithOneOfThemOn_IsRefusedWithTheLineToWrite(bool redirects, bool cookies)
    {
        using var handler = Network.CreateHandler();
        handler.AllowAutoRedirect = redirects;
        handler.UseCookies = cookies;
        await SendAsync(handler);

        var taking = () => PrimaryHandler.TakeOver(handler, Settings());

        taking.Should().Throw<InvalidOperationException>().WithMessage("*'test'*already sent*new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }*");
    }

    [Fact]
    public async Task TakeOver_OfAHandlerThatHasSentWithBothOff_TakesIt()
    {
        using var handler = Network.CreateHandler();
        handler.AllowAutoRedirect = handler.UseCookies = false;
        await SendAsync(handler);

        PrimaryHandler.TakeOver(handler, Settings()).Follow.Should().BeFalse();
    }

    [Fact]
    public void TakeOver_OfADisposedHandler_SaysThatItIsDisposed()
    {
        var handler = new SocketsHttpHandler();
        handler.Dispose();

        var taking = () => PrimaryHandler.TakeOver(handler, Settings());

        taking.Should().Throw<ObjectDisposedException>();
    }

    private static AccountClient Settings() => new(
        TestPipeline.Create(new TestSource(static (_, _, _) => throw new NotSupportedException())), "test", ["crm"], configure: null);

    private static async Task SendAsync(HttpMessageHandler handler)
    {
        using var client = new HttpClient(handler, disposeHandler: false);
        using var response = await client.GetAsync("https://api.example/");
    }

    private sealed class Passing : DelegatingHandler;
}
