using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A container with accounts in memory, set up as an application would.</summary>
internal sealed class AccountsServices : IDisposable
{
    private readonly KeyRing _keyRing = KeyRing.Parse(KeyRing.NewKeyText());
    private readonly ServiceProvider _provider;

    public AccountsServices(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new TokenHandlerFactory(static _ => new StubTokenEndpoint()));
        services.AddDigibeeAccounts(options => options.Environment = "prod").UseInMemoryStore().UseKeyRing(_keyRing).AddOAuth2Provider(StubTokenEndpoint.Provider);
        configure(services);
        _provider = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Saves an account and opens it, so that the vault has it at hand from here on: once the store's feed is followed and has brought the save back.</summary>
    public OpenedAccount Save(Account account)
    {
        var vault = Get<IAccountVault>();
        var feed = Get<StoreFeed>();
        feed.Start();
        WaitUntil(() => feed.AliveEpoch != 0);
        vault.SaveAsync(account).AsTask().GetAwaiter().GetResult();
        WaitUntil(() => !feed.AwaitsEcho);
        OpenedAccount? opened = null;
        WaitUntil(() =>
        {
            // At hand is what needs no wait.
            var opening = vault.OpenAsync(account.Name);
            var isAtHand = opening.IsCompletedSuccessfully;
            opened = opening.AsTask().GetAwaiter().GetResult();
            return isAtHand;
        });
        return opened!;
    }

    public void Dispose()
    {
        _provider.Dispose();
        _keyRing.Dispose();
    }

    private static void WaitUntil(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(10)))
        {
            throw new InvalidOperationException("The vault did not come to rest within ten seconds.");
        }
    }
}
