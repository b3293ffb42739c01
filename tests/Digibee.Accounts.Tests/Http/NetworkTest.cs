namespace Digibee.Accounts;

/// <summary>The base of tests that send: a <see cref="TestNetwork"/> of their own for each.</summary>
public abstract class NetworkTest : IAsyncLifetime
{
    protected TestNetwork Network { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Network = await TestNetwork.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A bearer account that may go to <c>https://api.example</c>.</summary>
    protected static OAuthBearerAccount Bearer(string name = "bearer", string token = TestAccounts.SecretText) =>
        new() { Name = name, Token = new Secret(token), AllowedOrigins = ["https://api.example"] };

    protected HttpClient Client(DigibeeAccounts accounts, string name, Action<AccountClientOptions>? configure = null) =>
        new(accounts.CreateHandler(name, Network.CreateHandler(), configure ?? (static _ => { })));
}
