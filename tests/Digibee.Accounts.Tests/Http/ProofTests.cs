using System.Net;

namespace Digibee.Accounts;

/// <summary>What an authenticator keeps of its proof lives until the answer is judged, and ends with every way a send can end.</summary>
public sealed class ProofTests : NetworkTest
{
    private readonly List<Kept> _kept = [];

    [Fact]
    public async Task SendAsync_ThatIsAnswered_DisposesTheProofAfterTheAnswerIsJudged()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Keeper(AccountVerdict.Accept)));

        using var response = await client.GetAsync("https://api.example/");

        _kept.Should().ContainSingle().Which.Times.Should().Be(1);
    }

    [Fact]
    public async Task SendAsync_ThatIsRepeated_DisposesTheProofOfEachAttempt()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Keeper(AccountVerdict.Repeat)));

        using var response = await client.GetAsync("https://api.example/");

        _kept.Should().HaveCount(2).And.OnlyContain(static kept => kept.Times == 1);
    }

    [Fact]
    public async Task SendAsync_ThatIsRedirected_DisposesTheProofOfEachHop()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.Answer = static (request, response) =>
        {
            response.StatusCode = request.Target == "/" ? 302 : 200;
            response.Headers.Location = "/there";
        };
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Keeper(AccountVerdict.Accept)));

        using var response = await client.GetAsync("https://api.example/");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        _kept.Should().HaveCount(2).And.OnlyContain(static kept => kept.Times == 1);
    }

    [Fact]
    public async Task SendAsync_WhoseSecondAccountFails_DisposesTheProofOfTheFirst()
    {
        await using var accounts = await TestAccounts.CreateAsync([.. TestAccounts.All(["https://api.example"])]);
        using var client = new HttpClient(accounts.CreateHandler(["oauth-bearer", "basic"], Network.CreateHandler(), options =>
        {
            options.UseAuthenticator(Keeper(AccountVerdict.Accept));
            options.UseAuthenticator(new TestAuthenticator<BasicAccount>(static (_, _) => throw new InvalidOperationException()));
        }));

        await client.Awaiting(static client => client.GetAsync("https://api.example/")).Should().ThrowAsync<AccountUnavailableException>();

        _kept.Should().ContainSingle().Which.Times.Should().Be(1);
    }

    [Fact]
    public async Task Send_ThatIsNotAnswered_DisposesTheProof()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer());
        Network.AnswerBody = static (_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        };
        using var client = Client(accounts, "bearer", options => options.UseAuthenticator(Keeper(AccountVerdict.Accept)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.example/");

        client.Invoking(client => client.Send(request)).Should().Throw<HttpRequestException>();

        _kept.Should().NotBeEmpty().And.OnlyContain(static kept => kept.Times == 1);
    }

    private TestAuthenticator<OAuthBearerAccount> Keeper(AccountVerdict verdict) => new(
        (request, _) =>
        {
            var kept = new Kept();
            _kept.Add(kept);
            request.Proof = kept;
            return default;
        },
        (_, request) =>
        {
            ((Kept)request.Proof!).Times.Should().Be(0, "it is needed now");
            return new(verdict);
        });

    private sealed class Kept : IDisposable
    {
        public int Times { get; private set; }

        public void Dispose() => Times++;
    }
}
