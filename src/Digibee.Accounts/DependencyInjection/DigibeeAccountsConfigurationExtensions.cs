using Digibee.Accounts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Takes accounts from a program's configuration.</summary>
public static class DigibeeAccountsConfigurationExtensions
{
    /// <summary>Puts the accounts of a configuration section before those of the store: <c>AddAccounts(builder.Configuration.GetSection("Accounts"))</c>.</summary>
    /// <remarks>
    /// <para>A child for each account, whose key is the name: <c>type</c> (a slug or another spelling that <see cref="AccountType.TryParse(string?, IFormatProvider?, out AccountType?)"/> takes), the fields of the type under the
    /// names of the stored JSON (<c>userName</c>, <c>password</c>), and <c>description</c>, <c>expiresAt</c>, <c>allowedOrigins</c>, <c>projects</c>. A secret is a reference: <c>env:NAME</c>, or <c>file:path</c> to a regular
    /// file, of which one final line break is left out. The secret itself is taken only where an <c>IHostEnvironment</c> says that this is development.</para>
    /// <para>The accounts are read only: to save or delete one is an <see cref="AccountReadOnlyException"/>. They follow the section's change token, and what changed is in force for the next request. A change that holds a
    /// mistake is not taken: it is logged (223) and degrades the health check. At the start mistakes throw an <see cref="OptionsValidationException"/>, all of them: when the host starts, or without a host at the first use.</para>
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section. It may be empty.</param>
    /// <param name="configure">Chooses another realm or environment than the program's. Call <c>AddAccounts</c> once for each.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The realm or environment does not follow the grammar of <see cref="AccountAddress"/>.</exception>
    public static IDigibeeAccountsBuilder AddAccounts(this IDigibeeAccountsBuilder builder, IConfiguration section, Action<AccountConfigurationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        var options = new AccountConfigurationOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(new AccountConfigurationRegistration(
            section,
            options.Realm is null ? null : AccountAddress.CheckPart(options.Realm, nameof(options.Realm)),
            options.Environment is null ? null : AccountAddress.CheckPart(options.Environment, nameof(options.Environment))));
        builder.Services.AddOptions<AccountConfigurationOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccountConfigurationOptions>, AccountConfigurationValidator>());
        return builder;
    }
}
