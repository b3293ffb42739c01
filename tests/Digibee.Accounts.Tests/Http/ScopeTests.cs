using System.Net;

namespace Digibee.Accounts;

/// <summary>Accounts of a scope on requests.</summary>
public sealed class ScopeTests : NetworkTest
{
    private const string Url = "https://api.example/path";

    [Fact]
    public async Task UseAccount_OfAScopeThatAnotherFlowBegan_UsesItsAccount()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("stored"));
        using var client = Client(accounts, "stored");
        AccountScope? scope = null;
        await Task.Run(() =>
        {
            scope = accounts.Vault.BeginScope();
            scope.Set(Bearer("crm", "scoped"));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccount(scope!, "crm");

        using var response = await client.SendAsync(request);

        Network.Requests[0].Header("Authorization").Should().Be("Bearer scoped");
        scope!.Dispose();
    }

    [Fact]
    public async Task UseAccount_OfAScopeThatDoesNotHoldIt_TakesNoStoredOneInItsPlace()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm"));
        using var client = Client(accounts, "crm");
        using var scope = accounts.Vault.BeginScope();
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccount(scope, "crm");

        var send = () => client.SendAsync(request);

        await send.Should().ThrowAsync<AccountNotFoundException>();
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task UseAccount_OfAScopeThatHasEnded_SendsNothing()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm"));
        using var client = Client(accounts, "crm");
        var scope = accounts.Vault.BeginScope();
        scope.Set(Bearer("crm", "scoped"));
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccount(scope, "crm");
        scope.Dispose();

        var send = () => client.SendAsync(request);

        await send.Should().ThrowAsync<AccountNotFoundException>();
        Network.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Dispose_WhileARequestIsUnderWay_WipesTheSecretsWhenItIsOver()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm"));
        using var gate = new GateHandler(Network.CreateHandler());
        using var client = new HttpClient(accounts.CreateHandler("crm", gate));
        var scope = accounts.Vault.BeginScope();
        scope.Set(Bearer("crm", "scoped"));
        var secret = ((OAuthBearerAccount)(await accounts.Vault.OpenAsync("crm")).Account).Token;

        var sent = client.GetAsync(Url);
        await gate.Reached;
        scope.Dispose();
        var during = secret.Reveal();
        gate.Open();
        using var response = await sent;

        during.Should().Be("scoped");
        Network.Requests[0].Header("Authorization").Should().Be("Bearer scoped");
        var after = () => secret.Reveal();
        after.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public async Task SendAsync_ThatFailsBeforeItIsSent_LetsTheSecretsGo()
    {
        await using var accounts = await TestAccounts.CreateAsync();
        using var client = new HttpClient(accounts.CreateHandler(["crm", "absent"], Network.CreateHandler()));
        var scope = accounts.Vault.BeginScope();
        scope.Set(Bearer("crm", "scoped"));
        var secret = ((OAuthBearerAccount)(await accounts.Vault.OpenAsync("crm")).Account).Token;

        var send = () => client.GetAsync(Url);
        await send.Should().ThrowAsync<AccountNotFoundException>();
        scope.Dispose();

        var after = () => secret.Reveal();
        after.Should().Throw<ObjectDisposedException>("no request holds them any more");
    }

    [Fact]
    public async Task SendAsync_InAThousandScopesWithTheSameName_SendsEachItsOwn()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm", "stored"));
        using var client = Client(accounts, "crm");

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => Task.Run(async () =>
        {
            using var scope = accounts.Vault.BeginScope();
            scope.Set(Bearer("crm", $"token-{number}"));
            using var response = await client.GetAsync($"{Url}/{number}");
            response.StatusCode.Should().Be(HttpStatusCode.OK);
        })));

        Network.Requests.Should().HaveCount(1_000).And.OnlyContain(static request => request.Header("Authorization") == request.Target.Replace("/path/", "Bearer token-"));
    }

    [Fact]
    public async Task Expressions_InAScope_TakeTheScopesValues()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm", "stored"));
        using var client = Client(accounts, "crm");
        using var scope = accounts.Vault.BeginScope();
        scope.Set(Bearer("crm", "scoped"));
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new AccountExpressionContent("{{ account.crm.token }}", "text/plain"),
        }.UseAccountHeader("X-Token", "{{ account.crm.value }}");

        using var response = await client.SendAsync(request);

        Network.Requests[0].Header("X-Token").Should().Be("scoped");
        Network.Requests[0].Body.Should().Be("scoped", "the platform does not honour scopes there");
    }

    [Fact]
    public async Task Expressions_BesideAnAccountOfAScopeThatAnotherFlowBegan_TakeTheScopesValues()
    {
        await using var accounts = await TestAccounts.CreateAsync(Bearer("crm", "stored"), Bearer("erp", "stored too"));
        using var client = Client(accounts, "crm");
        AccountScope? scope = null;
        await Task.Run(() =>
        {
            scope = accounts.Vault.BeginScope();
            scope.Set(Bearer("crm", "scoped"));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url).UseAccount(scope!, "crm").UseAccountHeader("X-Token", "{{ account.crm.token }}, {{ account.erp.token }}");
        using var late = new HttpRequestMessage(HttpMethod.Get, Url).UseAccounts().UseAccount(scope!, "crm").UseAccountHeader("X-Token", "{{ account.crm.token }}");

        using var response = await client.SendAsync(request);
        scope!.Dispose();
        var send = () => client.SendAsync(late);

        await send.Should().ThrowAsync<AccountNotFoundException>();
        Network.Request.Header("Authorization").Should().Be("Bearer scoped");
        Network.Request.Header("X-Token").Should().Be("scoped, stored too", "what the scope does not hold is stored");
    }

    private sealed class GateHandler(HttpMessageHandler network) : DelegatingHandler(network)
    {
        private readonly TaskCompletionSource _reached = new();
        private readonly TaskCompletionSource _open = new();

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _reached.SetResult();
            await _open.Task;
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
