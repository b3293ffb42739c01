using Digibee.Accounts;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the accounts of an HTTP client.</summary>
public static class DigibeeAccountsHttpClientBuilderExtensions
{
    /// <summary>Applies one account to every request of this client. It is looked up at each request, so a saved change is in force for the next one.</summary>
    /// <param name="builder">The client. With <c>ConfigureHttpClientDefaults</c>: every client that has no accounts of its own.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="configure">Sets the client's options.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">The name does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    /// <exception cref="InvalidOperationException">The client has accounts already: name them all in one call of <c>UseAccounts</c>.</exception>
    public static IHttpClientBuilder UseAccount(this IHttpClientBuilder builder, string name, Action<AccountClientOptions>? configure = null) =>
        Register(builder, [name], configure);

    /// <summary>Applies several accounts to every request of this client: a certificate and a bearer token, say. Without names, each request chooses its own.</summary>
    /// <param name="builder">The client. With <c>ConfigureHttpClientDefaults</c>: every client that has no accounts of its own.</param>
    /// <param name="names">The accounts' names.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A name does not follow the grammar of <see cref="AccountAddress"/>, or is given twice.</exception>
    /// <exception cref="InvalidOperationException">The client has accounts already.</exception>
    public static IHttpClientBuilder UseAccounts(this IHttpClientBuilder builder, params string[] names) => Register(builder, names, configure: null);

    /// <summary>Applies several accounts to every request of this client.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="names">The accounts' names.</param>
    /// <param name="configure">Sets the client's options.</param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">A name does not follow the grammar of <see cref="AccountAddress"/>, or is given twice.</exception>
    /// <exception cref="InvalidOperationException">The client has accounts already.</exception>
    public static IHttpClientBuilder UseAccounts(this IHttpClientBuilder builder, IEnumerable<string> names, Action<AccountClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(configure);
        return Register(builder, [.. names], configure);
    }

    private static IHttpClientBuilder Register(IHttpClientBuilder builder, string[] names, Action<AccountClientOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(names);

        // Now, where the mistake is written, and again when the handler is built.
        AccountReference.FromNames(names);
        if (builder.Services.Any(service => service.ImplementationInstance is AccountClientRegistration earlier && earlier.ClientName == builder.Name))
        {
            throw new InvalidOperationException(
                builder.Name is null
                    ? "The clients' defaults have accounts already. Name them all in one call of UseAccounts."
                    : $"HTTP client '{builder.Name}' has accounts already. Name them all in one call of UseAccounts.");
        }

        builder.Services.AddDigibeeAccounts();
        builder.Services.AddSingleton(new AccountClientRegistration(builder.Name, names, configure));
        return builder;
    }
}
