using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;
using PackageConsumer;

// What a program does that has the packages and nothing else of this repository: it keeps an account in SQLite and sends it to a
// service, here one on loopback.
using var service = LoopbackService.Start();
var folder = Directory.CreateTempSubdirectory("package-consumer-");
try
{
    using var keyRing = KeyRing.Parse(KeyRing.NewKeyText());
    var services = new ServiceCollection();
    services.AddDigibeeAccounts(options => options.Environment = "test")
        .UseSqliteStore($"Data Source={Path.Combine(folder.FullName, "accounts.db")}")
        .UseKeyRing(keyRing);
    services.AddHttpClient("crm", client => client.BaseAddress = new Uri(service.Origin)).UseAccount("crm");
    await using var provider = services.BuildServiceProvider();

    await provider.GetRequiredService<IAccountVault>().SaveAsync(
        new BasicAccount { Name = "crm", UserName = "Aladdin", Password = new Secret("open sesame"), AllowedOrigins = [service.Origin] });

    var received = service.ReceiveAuthorizationAsync();
    using var response = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("crm").GetAsync("/orders");
    var applied = response.IsSuccessStatusCode && await received == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";   // RFC 7617, section 2

    Console.WriteLine($"{(applied ? 1 : 0)} applied, {(applied ? 0 : 1)} failed");
    return applied ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}
