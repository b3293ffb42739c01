using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Digibee.Accounts;

/// <summary>A vault as a program has it, over a store that can be troubled and a clock that can be moved.</summary>
internal sealed class VaultFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public VaultFixture(Action<DigibeeAccountsOptions>? configure = null, IAccountStore? store = null, string? keyText = null)
    {
        KeyText = keyText ?? KeyRing.NewKeyText();
        Rows = store ?? new InMemoryAccountStore();
        Store = new TroubledStore(Rows);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddDigibeeAccounts(options => options.Environment = "test")
            .Configure(configure ?? (static _ => { }))
            .UseStore(Store)
            .UseKeyRing(KeyRing.Parse(KeyText));
        _services = services.BuildServiceProvider();
    }

    public string KeyText { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public IAccountStore Rows { get; }

    public TroubledStore Store { get; }

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    public StoreFeed Feed => _services.GetRequiredService<StoreFeed>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static OAuthBearerAccount Bearer(string name, string token = "token") =>
        new() { Name = name, Token = new Secret(token), AllowedOrigins = ["https://api.example"] };

    public static RecordKey KeyOf(string name, string partition = "default/test") => new("account", partition, name);

    /// <summary>Waits until the feed has proved itself alive, or has stopped being so.</summary>
    public async Task FeedAsync(bool isAlive)
    {
        Feed.Start();
        await Eventually(() => (Feed.AliveEpoch != 0) == isAlive);
    }

    /// <summary>Waits until everything written here has come back by the feed, before a test moves the clock.</summary>
    public Task EchoesAsync() => Eventually(() => !Feed.AwaitsEcho);

    /// <summary>Waits for what another thread is about to do: in real time, and not for long.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 2_000 && !condition(); attempt++)
        {
            await Task.Delay(5); // Between two looks: nobody signals what is waited for.
        }

        condition().Should().BeTrue("it has to happen within seconds");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
