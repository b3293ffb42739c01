using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Digibee.Accounts;

/// <summary>A program that sends mail: accounts in memory, and the mailer.</summary>
internal sealed class MailProgram : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private MailProgram(ServiceProvider services) => _services = services;

    public IAccountMailer Mailer => _services.GetRequiredService<IAccountMailer>();

    public IAccountVault Vault => _services.GetRequiredService<IAccountVault>();

    public MailPools Pools => _services.GetRequiredService<MailPools>();

    public static MailProgram Create(Action<AccountMailOptions>? configure = null, TimeProvider? time = null, ILoggerProvider? log = null, Action<IDigibeeAccountsBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddDigibeeAccounts(static options => options.Environment = "test").UseInMemoryStore().UseKeyRing(static _ => KeyRing.Parse(KeyRing.NewKeyText())).AddMail(configure);
        build?.Invoke(builder);
        if (time is not null)
        {
            services.Replace(ServiceDescriptor.Singleton(time));
        }

        if (log is not null)
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        }

        return new(services.BuildServiceProvider());
    }

    public async Task<SmtpAccount> SaveAsync(SmtpAccount account)
    {
        await Vault.SaveAsync(account);
        return account;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
