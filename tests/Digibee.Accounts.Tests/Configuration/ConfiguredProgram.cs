using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A program with accounts in its configuration, which a test changes as a file on disk would change.</summary>
internal sealed class ConfiguredProgram : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ChangingConfiguration _source;

    public ConfiguredProgram(
        IEnumerable<(string Key, string? Value)> accounts, string? hostEnvironment = null, Action<IServiceCollection>? configure = null, Action<AccountConfigurationOptions>? options = null)
    {
        _source = new ChangingConfiguration(accounts.Select(static account => ($"Accounts:{account.Key}", account.Value)));
        var services = new ServiceCollection();
        if (hostEnvironment is not null)
        {
            services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = hostEnvironment });
        }

        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddDigibeeAccounts(static options => options.Environment = "test")
            .UseInMemoryStore()
            .UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText()))
            .AddAccounts(new ConfigurationBuilder().Add(_source).Build().GetSection("Accounts"), options);
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public LeakCanaryLoggerProvider Logs { get; } = new();

    public IServiceProvider Services => _services;

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    /// <summary>Puts a value into an environment variable that nobody else has.</summary>
    public static string Variable(string value)
    {
        var name = $"ACCOUNTS_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, value);
        return name;
    }

    /// <summary>Gives the settings of a bearer account.</summary>
    public static (string Key, string? Value)[] Bearer(string name, string token) =>
        [($"{name}:type", "oauth-bearer"), ($"{name}:token", $"env:{Variable(token)}"), ($"{name}:allowedOrigins:0", "https://api.example")];

    public void Change(params (string Key, string? Value)[] changes) => _source.Change(changes.Select(static change => ($"Accounts:{change.Key}", change.Value)));

    public async Task<string> TokenOfAsync(string name) => (await Vault.GetAsync<OAuthBearerAccount>(name)).Token.Reveal();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Logs.Dispose();
    }
}
