using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>A whole program around a token endpoint and a resource server in memory, and a clock that can be moved.</summary>
internal sealed class TokenFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TokenFixture(Action<IDigibeeAccountsBuilder>? configure = null, IAccountStore? store = null, string? keyText = null)
    {
        Store = store ?? new InMemoryAccountStore();
        KeyText = keyText ?? KeyRing.NewKeyText();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new TokenHandlerFactory(_ => Endpoint));
        var builder = services.AddDigibeeAccounts(static options => options.Environment = "test").UseStore(Store).UseKeyRing(KeyRing.Parse(KeyText)).AddOAuth2Provider(Provider);
        configure?.Invoke(builder);
        services.AddHttpClient("api").ConfigurePrimaryHttpMessageHandler(() => new TestPrimaryHandler(Serve)).UseAccount("a");
        _services = services.BuildServiceProvider();
    }

    public static OAuth2Provider Provider { get; } = new()
    {
        Name = "example",
        AuthorizationEndpoint = new Uri("https://idp.example/authorize"),
        TokenEndpoint = new Uri("https://idp.example/token"),
        DeviceAuthorizationEndpoint = new Uri("https://idp.example/device"),
    };

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public IAccountStore Store { get; }

    public string KeyText { get; }

    public TestTokenEndpoint Endpoint { get; } = new();

    public IAccountVault Vault => Get<IAccountVault>();

    /// <summary>Gets the authorizations that the resource server saw, in order.</summary>
    public List<string?> Authorizations { get; } = [];

    /// <summary>Gets or sets how the resource server answers.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = static _ => new HttpResponseMessage(HttpStatusCode.OK);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static OAuth2Account ClientCredentials(string secret = "s3cr3t") => new()
    {
        Name = "a",
        Provider = "example",
        Grant = OAuth2Grant.ClientCredentials,
        ClientId = "client",
        ClientSecret = new Secret(secret),
        AllowedOrigins = ["https://api.example"],
    };

    public async Task<HttpResponseMessage> SendAsync(HttpMethod? method = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, "https://api.example/orders?id=1");
        return await Get<IHttpClientFactory>().CreateClient("api").SendAsync(request, cancellationToken);
    }

    /// <summary>Sends a request, and gives the authorization that the resource server saw.</summary>
    public async Task<string?> AuthorizationAsync()
    {
        using var response = await SendAsync();
        return Authorizations[^1];
    }

    public static HttpResponseMessage InvalidToken()
    {
        var response = new HttpResponseMessage(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ParseAdd("Bearer realm=\"api\", error=\"invalid_token\", error_description=\"The token has expired\"");
        return response;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private HttpResponseMessage Serve(HttpRequestMessage request)
    {
        lock (Authorizations)
        {
            Authorizations.Add(request.Headers.NonValidated.TryGetValues("Authorization", out var values) ? values.ToString() : null);
        }

        return Answer(request);
    }
}
