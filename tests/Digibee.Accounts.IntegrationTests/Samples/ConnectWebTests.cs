using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Support.UI;

namespace Digibee.Accounts;

/// <summary>A person connects their account: a real browser, the sample's page, a certified provider.</summary>
[Collection<OAuthServer>]
[Trait("Category", "Slow")]
public sealed class ConnectWebTests(OAuthServer server) : IAsyncLifetime
{
    private ConnectWebProgram? _program;
    private ChromeDriver? _browser;

    public async ValueTask InitializeAsync()
    {
        if (await TestbedServer.FindMissingAsync("chromium") is { } missing)
        {
            TestbedServer.LeaveOut(missing, TestbedServer.IsRequired);
        }

        _program = await ConnectWebProgram.StartAsync(server["ISSUER"]);
        _browser = StartBrowser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser?.Dispose();
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }

    [Fact]
    public void Connect_InABrowser_SendsThePersonsTokenFromThenOn()
    {
        Open("");
        Text("state").Should().Be("Not connected");

        _browser!.FindElement(By.Id("connect")).Click();

        WaitFor("state", "Connected");
        _browser.Url.Should().Be(_program!.Address.AbsoluteUri, "neither code nor state stays in the address");
        Text("answer").Should().Contain("\"sub\":\"alice\"");
        _browser.Navigate().Refresh();
        Text("state").Should().Be("Connected");
        _browser.Manage().Cookies.AllCookies.Should().NotContain(static cookie => cookie.Name == "connect-ticket");
    }

    [Fact]
    public void Connect_FromABrowserThatDidNotBeginIt_IsRefused()
    {
        Open("callback?code=stolen&state=stolen");

        Text("state").Should().Be("Not connected");
        Text("why").Should().Contain("not begun here").And.NotContain("stolen");
    }

    [Fact]
    public void Connect_WithAScriptInTheCallback_ShowsNoneOfIt()
    {
        Open("connect");
        WaitFor("state", "Connected");

        Open("callback?error=%3Cscript%3Edocument.title%3D%27c4n4ry%27%3C%2Fscript%3E");

        Text("state").Should().Be("Not connected");
        _browser!.PageSource.Should().NotContain("c4n4ry");
    }

    // Root runs it without its sandbox, and small machines without shared memory. Nothing is looked up or downloaded.
    private static ChromeDriver StartBrowser()
    {
        var options = new ChromeOptions { BinaryLocation = "/usr/bin/chromium" };
        options.AddArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-proxy-server");
        return new ChromeDriver(ChromeDriverService.CreateDefaultService("/usr/bin", "chromedriver"), options, TimeSpan.FromMinutes(2));
    }

    private void Open(string path) => _browser!.Navigate().GoToUrl(new Uri(_program!.Address, path));

    private string Text(string id) => _browser!.FindElement(By.Id(id)).Text;

    private void WaitFor(string id, string text)
    {
        var wait = new WebDriverWait(_browser!, TimeSpan.FromMinutes(1));
        wait.IgnoreExceptionTypes(typeof(NoSuchElementException), typeof(StaleElementReferenceException));
        wait.Until(_ => Text(id) == text);
    }
}
