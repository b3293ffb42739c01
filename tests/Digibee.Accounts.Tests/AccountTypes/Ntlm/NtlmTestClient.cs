using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A client with one NTLM account, and what it logged.</summary>
internal sealed class NtlmTestClient : IAsyncDisposable
{
    private readonly DigibeeAccounts _accounts;
    private readonly string _name;

    private NtlmTestClient(DigibeeAccounts accounts, string name, RecordingLogger log, HttpMessageHandler handler)
    {
        _accounts = accounts;
        _name = name;
        Log = log;
        Http = new HttpClient(handler);
    }

    public HttpClient Http { get; }

    public RecordingLogger Log { get; }

    public IAccountVault Vault => _accounts.Vault;

    public static async Task<NtlmTestClient> CreateAsync(
        NtlmAccount account, Action<AccountClientOptions>? configure = null, SocketsHttpHandler? handler = null, TimeProvider? time = null)
    {
        var log = new RecordingLogger();
        var accounts = DigibeeAccounts.Create(builder =>
        {
            builder.Configure(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(KeyRing.Parse(KeyRing.NewKeyText()));
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
            builder.Services.Replace(ServiceDescriptor.Singleton(time ?? TimeProvider.System));
        });
        await accounts.Vault.SaveAsync(account);
        return new(accounts, account.Name, log, accounts.CreateHandler(account.Name, handler ?? new SocketsHttpHandler { UseProxy = false }, configure ?? (static _ => { })));
    }

    /// <summary>Makes another client of the same account, with connections of its own.</summary>
    public HttpClient CreateAnother() => new(_accounts.CreateHandler(_name, new SocketsHttpHandler { UseProxy = false }));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _accounts.DisposeAsync();
    }
}
