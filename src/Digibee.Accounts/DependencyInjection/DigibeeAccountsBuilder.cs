using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>The builder that <c>AddDigibeeAccounts</c> returns.</summary>
internal sealed class DigibeeAccountsBuilder(IServiceCollection services) : IDigibeeAccountsBuilder
{
    public IServiceCollection Services { get; } = services;
}
