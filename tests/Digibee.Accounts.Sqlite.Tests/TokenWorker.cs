using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A program in a process of its own, which sends requests with the OAuth 2 account <c>a</c> of a file: one for each line of its input. It prints the token that went out, or the exception in place of it.</summary>
internal static class TokenWorker
{
    /// <summary>What it prints when it has exchanged and is about to save, if it is to stop there.</summary>
    public const string Exchanged = "exchanged";

    private const string Kind = "tokens";
    private const char Separator = '|';

    /// <summary>Starts one.</summary>
    /// <param name="database">The file.</param>
    /// <param name="keyText">The key of its accounts.</param>
    /// <param name="tokenEndpoint">Where tokens are asked for.</param>
    /// <param name="stopsBeforeSave">Whether it stands still for ever between exchange and save, to be killed there.</param>
    public static Process Start(string database, string keyText, Uri tokenEndpoint, bool stopsBeforeSave = false) =>
        SqliteTestProcess.StartTokenWorker(string.Join(Separator, Kind, database, keyText, tokenEndpoint.OriginalString, stopsBeforeSave));

    /// <summary>Has it send a request, and gives what it prints.</summary>
    public static async Task<string?> SendAsync(Process worker)
    {
        await worker.StandardInput.WriteLineAsync("send");
        await worker.StandardInput.FlushAsync();
        return await worker.StandardOutput.ReadLineAsync();
    }

    public static bool IsMeant(string order) => order.StartsWith(Kind + Separator, StringComparison.Ordinal);

    public static async Task RunAsync(string order)
    {
        var parts = order.Split(Separator);
        await using var program = Create(parts[1], parts[2], new Uri(parts[3]), stopsBeforeSave: bool.Parse(parts[4]));
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.Out.WriteLine(await SendAsync(program));
            Console.Out.Flush();
        }
    }

    /// <summary>Makes a program on a file: the worker's, and the test's own.</summary>
    public static ServiceProvider Create(string database, string keyText, Uri tokenEndpoint, bool stopsBeforeSave = false)
    {
        var services = new ServiceCollection();
        var accounts = services.AddDigibeeAccounts(static options => options.Environment = "test")
            .UseSqliteStore($"Data Source={database}")
            .UseKeyRing(KeyRing.Parse(keyText))
            .AddOAuth2Provider(new OAuth2Provider { Name = "example", TokenEndpoint = tokenEndpoint });
        if (stopsBeforeSave)
        {
            var sqlite = services.Last(static service => service.ServiceType == typeof(IAccountStore));
            accounts.UseStore(provider => new StallingStore((IAccountStore)sqlite.ImplementationFactory!(provider)));
        }

        services.AddHttpClient("api").ConfigurePrimaryHttpMessageHandler(static () => new Echo()).UseAccount("a");
        return services.BuildServiceProvider();
    }

    private static async Task<string> SendAsync(ServiceProvider program)
    {
        try
        {
            using var client = program.GetRequiredService<IHttpClientFactory>().CreateClient("api");
            return await client.GetStringAsync(new Uri("https://api.example/"));
        }
        catch (AccountException exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private sealed class Echo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Headers.Authorization!.ToString()) });
    }

    private sealed class StallingStore(IAccountStore inner) : IAccountStore
    {
        public ValueTask<StoredRecord?> GetAsync(RecordKey key, CancellationToken cancellationToken = default) => inner.GetAsync(key, cancellationToken);

        public async ValueTask<string?> TryAppendAsync(StoredRecord record, string? expectedETag, int keep, CancellationToken cancellationToken = default)
        {
            if (record.Key.Kind == "token")
            {
                Console.Out.WriteLine(Exchanged);
                Console.Out.Flush();
                Thread.Sleep(Timeout.Infinite); // until it is killed
            }

            return await inner.TryAppendAsync(record, expectedETag, keep, cancellationToken);
        }

        public ValueTask<string?> TryReplaceAsync(StoredRecord record, string expectedETag, CancellationToken cancellationToken = default) => inner.TryReplaceAsync(record, expectedETag, cancellationToken);

        public ValueTask<bool> TryPurgeAsync(RecordKey key, string expectedETag, CancellationToken cancellationToken = default) => inner.TryPurgeAsync(key, expectedETag, cancellationToken);

        public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken = default) => inner.ListAsync(query, cancellationToken);

        public IAsyncEnumerable<RecordChange> WatchAsync(CancellationToken cancellationToken = default) => inner.WatchAsync(cancellationToken);
    }
}
