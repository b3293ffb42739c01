using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Quickstart;

if (args is ["new-key"])
{
    Console.WriteLine(KeyRing.NewKeyText());
    return 0;
}

// The other side: a service on loopback that checks every credential by means of its own, and a stranger that should never hear of one.
await using var service = await CrmService.StartAsync();
await using var stranger = await CrmService.StartAsync();

// Our side. A program of yours takes its key from the environment or a file; this one makes a key, and a database, for the run.
using var folder = new DatabaseFolder();
using var keyRing = KeyRing.Parse(KeyRing.NewKeyText());
var services = new ServiceCollection();
services.AddDigibeeAccounts(options =>
    {
        options.Environment = "test";
        options.PrivateTokenHosts.Add("127.0.0.1");   // a key file may not choose an address inside the network, unless the program lets it
    })
    .UseSqliteStore($"Data Source={folder.Database}")
    .UseKeyRing(keyRing)
    .AddOAuth2Provider(new OAuth2Provider { Name = Samples.Provider, TokenEndpoint = new Uri($"{service.Origin}/token") });

// A client names its account and knows nothing of the secret.
// Its own certificate nobody has signed, so the handler is told to trust this one.
var samples = Samples.For(service);
foreach (var sample in samples)
{
    services.AddHttpClient(sample.Account.Name, client => client.BaseAddress = new Uri(sample.Origin))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => service.Authority.Server.Equals(certificate) } })
        .UseAccount(sample.Account.Name);
}

await using var provider = services.BuildServiceProvider();
var vault = provider.GetRequiredService<IAccountVault>();
var clients = provider.GetRequiredService<IHttpClientFactory>();
var report = new Report();

// Save: checked, sealed, stored. Apply: each request is given its account on the way out, and left as it was afterwards.
foreach (var sample in samples)
{
    await vault.SaveAsync(sample.Account);
    try
    {
        using var answer = await clients.CreateClient(sample.Account.Name).GetAsync(sample.Path);
        report.Applied(answer.IsSuccessStatusCode, sample.Account.Type.DisplayName, sample.Sent, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
    }
    catch (AccountException exception)
    {
        report.Applied(false, sample.Account.Type.DisplayName, sample.Sent, exception.Message);
    }
}

// Rotate while requests run, through a client that exists already.
var bearer = clients.CreateClient(Samples.Bearer);
var rotation = new Rotation(service, bearer);
report.Applied(await rotation.RunAsync(vault), "OAuth Bearer, rotated", "first-token, then second-token", rotation.Outcome);

// Try a change in a scope, which nobody else sees, and keep it.
var (isKept, steps) = await TrialAndCommit.RunAsync(vault, service, bearer);
report.Check(isKept, "OAuth Bearer, tried", "third-token, first in a scope", steps);

// Bound to its origin: a request to another one is refused before anything is sent.
var (isRefused, outcome) = await ForeignOrigin.TryAsync(bearer, stranger);
report.Check(isRefused, "OAuth Bearer", "nothing, to a foreign origin", outcome);

// Never printed, by accident or otherwise.
var secrets = Samples.SecretsFor(service);
var printed = $"{(await vault.OpenAsync(Samples.Bearer)).Account}";
report.Check(!secrets.Any(printed.Contains), "OAuth Bearer", "the account, to the console", printed[printed.IndexOf("Token", StringComparison.Ordinal)..].TrimEnd(' ', '}'));

// Not to be found where they are kept. Names are, or the search would prove nothing.
await provider.DisposeAsync();
var names = folder.Count([.. samples.Select(static sample => sample.Account.Name)]);
var found = folder.Count(secrets);
report.Check(names == samples.Length && found == 0, "all", "every secret, to the database", $"{names} of {samples.Length} names found, {found} of {secrets.Length} secrets");

return report.Conclude();
