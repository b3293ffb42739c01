using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>What is logged on the way of a request: names, hosts and statuses, never a URI or a value.</summary>
public sealed class LogTests : NetworkTest
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task AccountApplied_OfARequest_NamesAccountTypeMethodAndHost()
    {
        await using var accounts = await CreateAsync();
        using var client = Client(accounts, "bearer");

        using var response = await client.GetAsync("https://api.example/orders?secret=1");

        Messages(101).Should().Equal("Debug 101 AccountApplied: Applied account 'bearer' (oauth-bearer) to GET api.example");
    }

    [Fact]
    public async Task RequestRepeated_AfterARefusal_NamesAccountAndStatus()
    {
        await using var accounts = await CreateAsync();
        Network.Answer = static (_, response) => response.StatusCode = 401;
        using var client = Client(accounts, "bearer", static options => options.UseAuthenticator(new TestAuthenticator<OAuthBearerAccount>(review: static (_, _) => new(AccountVerdict.Repeat))));

        using var response = await client.GetAsync("https://api.example/");

        Messages(102).Should().Equal("Information 102 RequestRepeated: Repeated a request with account 'bearer' after status 401");
        Messages(105).Should().ContainSingle().Which.Should().StartWith("Warning 105 AccountRefused: The server refused account 'bearer' with status 401: 401 Unauthorized");
    }

    [Fact]
    public async Task AccountTakenOff_AtARedirect_NamesTheAccountAndNotWhatTheServerWrote()
    {
        await using var accounts = await CreateAsync();
        Network.Redirect("/first", 302, "https://other.example/next?secret=1");
        using var client = Client(accounts, "bearer");

        using var response = await client.GetAsync("https://api.example/first");

        Messages(103).Should().Equal("Information 103 AccountTakenOff: Took account 'bearer' off a request that was redirected to an origin which is not listed as it is");
    }

    [Fact]
    public async Task RedirectReturned_WithABodyThatDoesNotGoThere_NamesTheClientAndNotWhatTheServerWrote()
    {
        await using var accounts = await CreateAsync();
        Network.Redirect("/first", 307, "https://other.example/next?secret=1");
        using var client = Client(accounts, "bearer");

        using var response = await client.PostAsync("https://api.example/first", new StringContent("body"));

        Messages(104).Should().Equal("Information 104 RedirectReturned: Returned a redirect of HTTP client 'bearer': its body cannot be sent again or not to that origin, or nobody would check the answer from there");
    }

    private async Task<DigibeeAccounts> CreateAsync()
    {
        var accounts = DigibeeAccounts.Create(builder =>
        {
            builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        });
        await accounts.Vault.SaveAsync(Bearer());
        return accounts;
    }

    private IEnumerable<string> Messages(int eventId) =>
        _log.Entries.Where(entry => entry.Split(' ')[1] == eventId.ToString(System.Globalization.CultureInfo.InvariantCulture)).Select(static entry => entry[..entry.LastIndexOf('[')].TrimEnd());
}
