using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Digibee.Accounts;

/// <summary>Registers what applies an account type to HTTP messages.</summary>
internal static class AccountTypeServiceCollectionExtensions
{
    public static IServiceCollection AddAccountType<TAccount, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthenticator>(this IServiceCollection services)
        where TAccount : Account
        where TAuthenticator : class, IAccountAuthenticator<TAccount>
    {
        services.TryAddSingleton<IAccountAuthenticator<TAccount>, TAuthenticator>();

        // By factory: the container would have to build the closed generic by reflection. TryAddEnumerable needs a type of its own for each, which the generic is.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<AccountTypeHandler, AccountTypeHandler<TAccount>>(
            static provider => new AccountTypeHandler<TAccount>(provider.GetRequiredService<IAccountAuthenticator<TAccount>>())));
        return services;
    }
}
