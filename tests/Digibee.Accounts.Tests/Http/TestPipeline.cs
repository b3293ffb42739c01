using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using System.Diagnostics.Metrics;

namespace Digibee.Accounts;

/// <summary>A pipeline put together by hand, for tests that need no container.</summary>
internal static class TestPipeline
{
    public static AccountPipeline Create(IAccountSource source, params AccountTypeHandler[] types) => new(source, types, CreatePool(), NullLogger<AccountHandler>.Instance);

    public static ConnectionPool CreatePool(TimeProvider? time = null, Action<DigibeeAccountsOptions>? configure = null)
    {
        var options = new DigibeeAccountsOptions();
        configure?.Invoke(options);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new(time ?? TimeProvider.System, new ConnectionMetrics(meters), Options.Create(options));
    }
}
