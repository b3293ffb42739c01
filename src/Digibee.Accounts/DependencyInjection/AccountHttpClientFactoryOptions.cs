using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Puts the guard on every client of the factory, and the account handler around the primary handler of those with accounts.</summary>
/// <remarks>After every <c>Configure</c> and by the options themselves, not by an <see cref="IHttpMessageHandlerBuilderFilter"/>: people remove all filters to silence the factory's logging. So what is
/// registered before or after <c>UseAccount</c>, primary handlers included, always ends up outside, or below as the primary.</remarks>
internal sealed class AccountHttpClientFactoryOptions(IEnumerable<AccountClientRegistration> registrations) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    private readonly AccountClientRegistration[] _registrations = [.. registrations];

    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        var registration = Find(name) ?? Find(name: null);
        options.HttpMessageHandlerBuilderActions.Add(builder =>
        {
            // Outermost of what the user added; the factory's own logging stands outside of it.
            builder.AdditionalHandlers.Insert(0, new AccountGuard(name ?? "", registration is not null));
            if (registration is not null)
            {
                var client = new AccountClient(builder.Services.GetRequiredService<AccountPipeline>(), name ?? "", registration.Accounts, registration.Configure);
                builder.PrimaryHandler = new AccountHandler(client, builder.PrimaryHandler);
            }
        });
    }

    private AccountClientRegistration? Find(string? name)
    {
        foreach (var registration in _registrations)
        {
            if (registration.ClientName == name)
            {
                return registration;
            }
        }

        return null;
    }
}
