using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>Chooses where accounts are kept and which keys seal them. Every choice is an extension method: <c>Use…Store</c>, <c>Use…KeyRing</c>.</summary>
public interface IDigibeeAccountsBuilder
{
    /// <summary>Gets the services that the choices are registered with.</summary>
    IServiceCollection Services { get; }
}
