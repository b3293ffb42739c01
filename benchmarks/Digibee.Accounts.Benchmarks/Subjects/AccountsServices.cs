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
        services.AddDigibeeAccounts(options => options.Environment = "prod").UseInMemoryStore().UseKeyRing(_keyRing);
        configure(services);
        _provider = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    /// <summary>Saves an account and opens it, so that the vault has it at hand from here on.</summary>
    public OpenedAccount Save(Account account)
    {
        var vault = Get<IAccountVault>();
        vault.SaveAsync(account).AsTask().GetAwaiter().GetResult();
        return vault.OpenAsync(account.Name).AsTask().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _keyRing.Dispose();
    }
}
