using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digibee.Accounts;

/// <summary>Reads the configured accounts when a host starts, so that mistakes in them stop it there. Without a host the first use does.</summary>
internal sealed class AccountConfigurationValidator(IServiceProvider services) : IValidateOptions<AccountConfigurationOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountConfigurationOptions options)
    {
        try
        {
            services.GetRequiredService<ConfiguredAccounts>();
            return ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException exception)
        {
            return ValidateOptionsResult.Fail(exception.Failures);
        }
    }
}
