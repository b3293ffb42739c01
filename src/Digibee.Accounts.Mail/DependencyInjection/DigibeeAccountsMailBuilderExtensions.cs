using Digibee.Accounts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds mail to a program with accounts.</summary>
public static class DigibeeAccountsMailBuilderExtensions
{
    /// <summary>Adds <see cref="IAccountMailer"/>. Safe to call more than once.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>The builder.</returns>
    public static IDigibeeAccountsBuilder AddMail(this IDigibeeAccountsBuilder builder, Action<AccountMailOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddOptions<AccountMailOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccountMailOptions>, AccountMailOptionsValidator>());
        services.TryAddSingleton<MailConnector>();
        services.TryAddSingleton<MailPools>();
        services.TryAddSingleton<IAccountMailer, AccountMailer>();
        return builder;
    }
}
