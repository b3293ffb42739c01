using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Accounts for a program without dependency injection. Keep one for the life of the program. Safe for concurrent use.</summary>
public sealed class DigibeeAccounts : IAsyncDisposable, IDisposable
{
    private readonly ServiceProvider _services;

    private DigibeeAccounts(ServiceProvider services) => _services = services;

    /// <summary>Gets the vault of the program's own realm and environment.</summary>
    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    /// <summary>Gets what signs URIs and forms with AWS V4 accounts, for others to send.</summary>
    public IAwsV4Presigner AwsV4Presigner => _services.GetRequiredService<IAwsV4Presigner>();

    /// <summary>Gets what signs, checks and makes keys with accounts of the program's own realm and environment.</summary>
    public IAccountCryptography Cryptography => _services.GetRequiredService<IAccountCryptography>();

    /// <summary>Gets what connects OAuth 2 accounts of the program's own realm and environment.</summary>
    public IOAuth2Connector OAuth2 => _services.GetRequiredService<IOAuth2Connector>();

    /// <summary>Gets everything that was registered, for packages that add to it.</summary>
    internal IServiceProvider Services => _services;

    /// <summary>Makes everything that <c>AddDigibeeAccounts</c> would register.</summary>
    /// <param name="configure">Chooses a store, a key ring and, by <c>Configure</c>, the environment.</param>
    /// <returns>The accounts.</returns>
    /// <exception cref="OptionsValidationException">An option is missing or out of range.</exception>
    public static DigibeeAccounts Create(Action<IDigibeeAccountsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(services.AddDigibeeAccounts());
        var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<DigibeeAccountsOptions>>().Value;
            _ = provider.GetRequiredService<AccountPipeline>();
            return new(provider);
        }
        catch
        {
            provider.Dispose();
            throw;
        }
    }

    /// <summary>Makes a handler that applies one account: <c>new HttpClient(accounts.CreateHandler("crm", new SocketsHttpHandler()))</c>.</summary>
    /// <param name="accountName">The account's name.</param>
    /// <param name="primaryHandler">What sends, finished and not sent with yet. A <see cref="SocketsHttpHandler"/> or <see cref="HttpClientHandler"/>, below handlers of your own or not, is taken over: its
    /// redirects and cookies are switched off, and the account handler follows redirects in its place. Any other transport answers for itself: switch its redirects and cookies off.</param>
    /// <returns>The handler; disposing it disposes <paramref name="primaryHandler"/>.</returns>
    /// <exception cref="InvalidOperationException">The primary handler has credentials of its own, applies accounts already, or has already sent with redirects or cookies on.</exception>
    public HttpMessageHandler CreateHandler(string accountName, HttpMessageHandler primaryHandler) => CreateHandler([accountName], primaryHandler);

    /// <summary>Makes a handler that applies one account, with options.</summary>
    /// <param name="accountName">The account's name.</param>
    /// <param name="primaryHandler">What sends. It is taken over, as by <see cref="CreateHandler(string, HttpMessageHandler)"/>.</param>
    /// <param name="configure">Sets the client's options.</param>
    /// <returns>The handler; disposing it disposes <paramref name="primaryHandler"/>.</returns>
    /// <exception cref="InvalidOperationException">The primary handler has credentials of its own, applies accounts already, or has already sent with redirects or cookies on.</exception>
    public HttpMessageHandler CreateHandler(string accountName, HttpMessageHandler primaryHandler, Action<AccountClientOptions> configure) =>
        CreateHandler([accountName], primaryHandler, configure);

    /// <summary>Makes a handler that applies several accounts, or, without names, those that each request chooses.</summary>
    /// <param name="accountNames">The accounts' names.</param>
    /// <param name="primaryHandler">What sends. It is taken over, as by <see cref="CreateHandler(string, HttpMessageHandler)"/>.</param>
    /// <returns>The handler; disposing it disposes <paramref name="primaryHandler"/>.</returns>
    /// <exception cref="InvalidOperationException">The primary handler has credentials of its own, applies accounts already, or has already sent with redirects or cookies on.</exception>
    public HttpMessageHandler CreateHandler(IReadOnlyList<string> accountNames, HttpMessageHandler primaryHandler) =>
        CreateHandler(accountNames, primaryHandler, static _ => { });

    /// <summary>Makes a handler that applies several accounts, or, without names, those that each request chooses, with options.</summary>
    /// <param name="accountNames">The accounts' names.</param>
    /// <param name="primaryHandler">What sends. It is taken over, as by <see cref="CreateHandler(string, HttpMessageHandler)"/>.</param>
    /// <param name="configure">Sets the client's options.</param>
    /// <returns>The handler; disposing it disposes <paramref name="primaryHandler"/>.</returns>
    /// <exception cref="InvalidOperationException">The primary handler has credentials of its own, applies accounts already, or has already sent with redirects or cookies on.</exception>
    public HttpMessageHandler CreateHandler(IReadOnlyList<string> accountNames, HttpMessageHandler primaryHandler, Action<AccountClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(accountNames);
        ArgumentNullException.ThrowIfNull(primaryHandler);
        ArgumentNullException.ThrowIfNull(configure);
        var client = new AccountClient(_services.GetRequiredService<AccountPipeline>(), string.Join('+', accountNames), [.. accountNames], configure);
        return new AccountHandler(client, primaryHandler);
    }

    /// <summary>Stops following the store and lets the cached accounts go.</summary>
    public void Dispose() => _services.Dispose();

    /// <summary>Stops following the store and lets the cached accounts go.</summary>
    /// <returns>A task that ends when everything has stopped.</returns>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
