using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Accounts on requests, over real sockets.</summary>
internal static class AppliedAccounts
{
    public static async Task EveryTypeIsAppliedAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        (Account Account, string Expected)[] cases =
        [
            (new BasicAccount { Name = "basic", UserName = "Aladdin", Password = new Secret("open sesame"), AllowedOrigins = [server.Origin] }, "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            (new CustomAuthHeaderAccount { Name = "header", HeaderName = "X-Auth", HeaderValue = new Secret("abc/def+=="), AllowedOrigins = [server.Origin] }, "X-Auth: abc/def+=="),
            (new OAuthBearerAccount { Name = "bearer", Token = new Secret("mF_9.B5f-4.1JqM"), AllowedOrigins = [server.Origin] }, "Authorization: Bearer mF_9.B5f-4.1JqM"),
            (ApiKey("query", ApiKeyPlacement.Query, server), "GET /orders?open=1&key=a%2Bb HTTP/1.1"),
            (ApiKey("key-header", ApiKeyPlacement.Header, server), "key: a+b"),
            (ApiKey("cookie", ApiKeyPlacement.Cookie, server), "Cookie: key=a+b"),
        ];
        foreach (var (account, expected) in cases)
        {
            await accounts.Vault.SaveAsync(account);
            using var client = new HttpClient(accounts.CreateHandler(account.Name, new SocketsHttpHandler()));

            using var answer = await client.GetAsync($"{server.Origin}/orders?open=1");
            Expect.That(server.LastHead.Contains($"{expected}\r\n", StringComparison.Ordinal), $"SendAsync sends {account.Name}");

            using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Origin}/orders?open=1");
            using var synchronous = client.Send(request);
            Expect.That(server.LastHead.Contains($"{expected}\r\n", StringComparison.Ordinal), $"Send sends {account.Name}");
            Expect.That(!request.Headers.Any(), "nothing stays on the message");
        }
    }

    public static async Task FactoryClientAppliesAsync()
    {
        await using var server = new LoopbackServer();
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
        services.AddHttpClient("crm", client => client.BaseAddress = new Uri(server.Origin)).UseAccount("crm", client => client.Origins = [server.Origin]);
        await using var program = services.BuildServiceProvider();
        await program.GetRequiredService<IAccountVault>().SaveAsync(new OAuthBearerAccount { Name = "crm", Token = new Secret("token") });

        using var answer = await program.GetRequiredService<IHttpClientFactory>().CreateClient("crm").GetAsync("/");

        Expect.That(server.LastHead.Contains("Authorization: Bearer token\r\n", StringComparison.Ordinal), "the factory's client sends the account");
    }

    public static async Task ForeignOriginIsRefusedAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        await accounts.Vault.SaveAsync(new OAuthBearerAccount { Name = "bearer", Token = new Secret("token"), AllowedOrigins = ["https://api.example"] });
        using var client = new HttpClient(accounts.CreateHandler("bearer", new SocketsHttpHandler()));

        await Expect.ThrowsAsync<AccountOriginException>(() => client.GetAsync(server.Origin), "an account goes to an origin it does not name");

        Expect.That(server.Count == 0, "nothing was sent");
    }

    public static async Task RotationTakesEffectAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        var account = new OAuthBearerAccount { Name = "bearer", Token = new Secret("one"), AllowedOrigins = [server.Origin] };
        await accounts.Vault.SaveAsync(account);
        using var client = new HttpClient(accounts.CreateHandler("bearer", new SocketsHttpHandler()));
        using var before = await client.GetAsync(server.Origin);

        await accounts.Vault.SaveAsync(account with { Token = new Secret("two") });
        using var after = await client.GetAsync(server.Origin);

        Expect.That(server.LastHead.Contains("Authorization: Bearer two\r\n", StringComparison.Ordinal), "the same client sends the new token");
    }

    public static async Task GoogleKeySignsAsync()
    {
        await using var server = new LoopbackServer();
        await using var accounts = Create();
        using var key = RSA.Create(2048);
        await accounts.Vault.SaveAsync(new GoogleKeyAccount
        {
            Name = "google",
            Key = new Secret($$"""{"type":"service_account","private_key":"{{key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\\n")}}","client_email":"robot@shop.example"}"""),
            Mode = GoogleKeyMode.SelfSignedJwt,
            Audience = "https://pubsub.googleapis.com/",
            AllowedOrigins = [server.Origin],
        });
        using var client = new HttpClient(accounts.CreateHandler("google", new SocketsHttpHandler()));

        using var answer = await client.GetAsync(server.Origin);

        var jwt = server.LastHead.Split("Authorization: Bearer ")[1].Split("\r\n")[0];
        var signed = jwt[..jwt.LastIndexOf('.')];
        Expect.That(key.VerifyData(Encoding.ASCII.GetBytes(signed), Base64Url.DecodeFromChars(jwt.AsSpan(signed.Length + 1)), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "the key signs a JWT");
    }

    private static ApiKeyAccount ApiKey(string name, ApiKeyPlacement placement, LoopbackServer server) =>
        new() { Name = name, ParameterName = "key", Key = new Secret("a+b"), Placement = placement, AllowedOrigins = [server.Origin] };

    private static DigibeeAccounts Create() => DigibeeAccounts.Create(static builder => builder
        .Configure(static options => options.Environment = "test")
        .UseInMemoryStore()
        .UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText())));
}
