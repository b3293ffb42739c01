using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Quickstart;

// The other side: a service on loopback that checks what it is sent.
await using var service = await CrmService.StartAsync();

// Our side. A program of yours takes its key from the environment or a file, and keeps accounts in a store that lasts. This one
// makes a key for the run.
using var keyRing = KeyRing.Parse(KeyRing.NewKeyText());
var services = new ServiceCollection();
services.AddDigibeeAccounts(options => options.Environment = "test")
    .UseInMemoryStore()
    .UseKeyRing(keyRing);

// A client names its account and knows nothing of the secret.
string[] names = ["crm-basic", "crm-header", "crm-bearer", "crm-query-key"];
foreach (var name in names)
{
    services.AddHttpClient(name, client => client.BaseAddress = new Uri(service.Origin)).UseAccount(name);
}

await using var provider = services.BuildServiceProvider();
var vault = provider.GetRequiredService<IAccountVault>();
var clients = provider.GetRequiredService<IHttpClientFactory>();

// Save: checked, sealed, stored. AllowedOrigins says where each may be sent; loopback is the one clear-text origin without a warning.
AllowedOrigins origins = [service.Origin];
await vault.SaveAsync(new BasicAccount { Name = "crm-basic", UserName = "Aladdin", Password = new Secret("open sesame"), AllowedOrigins = origins });
await vault.SaveAsync(new CustomAuthHeaderAccount { Name = "crm-header", HeaderName = "X-Crm-Token", HeaderValue = new Secret("abc/def+=="), AllowedOrigins = origins });
await vault.SaveAsync(new OAuthBearerAccount { Name = "crm-bearer", Token = new Secret("first-token"), AllowedOrigins = origins });
await vault.SaveAsync(new ApiKeyAccount { Name = "crm-query-key", ParameterName = "api_key", Key = new Secret("k 4711"), Placement = ApiKeyPlacement.Query, AllowedOrigins = origins });

var report = new Report();

// Apply: each request is given its account on the way out, and left as it was afterwards.
foreach (var name in names)
{
    using var answer = await clients.CreateClient(name).GetAsync("/orders");
    report.Applied(answer.IsSuccessStatusCode, $"{name}: the service answers {(int)answer.StatusCode}");
}

// Bound to its origin: a request to another one is refused before anything is sent.
try
{
    using var answer = await clients.CreateClient("crm-bearer").GetAsync("https://evil.example/orders");
    report.Check(false, "crm-bearer went to a foreign origin");
}
catch (AccountOriginException exception)
{
    report.Check(true, $"refused: {exception.Message}");
}

// Rotate: the service changes its token, so does the account, and the same client goes on. No restart, no new client.
var client = clients.CreateClient("crm-bearer");
service.BearerToken = "second-token";
using (var refused = await client.GetAsync("/orders"))
{
    report.Check(refused.GetAccountRefusal() is not null, $"the old token: {refused.GetAccountRefusal()?.Reason}");
}

var current = (OAuthBearerAccount)(await vault.OpenAsync("crm-bearer")).Account;
await vault.SaveAsync(current with { Token = new Secret("second-token") });
using (var accepted = await client.GetAsync("/orders"))
{
    report.Applied(accepted.IsSuccessStatusCode, $"crm-bearer, rotated: the service answers {(int)accepted.StatusCode}");
}

// Never printed, by accident or otherwise.
report.Check(!$"{current}".Contains("token", StringComparison.Ordinal), $"printed: {current}");

return report.Conclude();
