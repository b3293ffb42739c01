using Microsoft.Extensions.DependencyInjection;

namespace Digibee.Accounts;

/// <summary>A program of its own over a database, with a vault.</summary>
internal static class SqliteTestAccounts
{
    public const string Origin = "https://api.crm.example";

    public static ServiceProvider Create(string path, string keyText, Action<IServiceCollection>? configure = null, Action<DigibeeAccountsOptions>? options = null)
    {
        var services = new ServiceCollection();
        services.AddDigibeeAccounts(settings =>
        {
            settings.Environment = "test";
            options?.Invoke(settings);
        }).UseSqliteStore(path).UseKeyRing(KeyRing.Parse(keyText));
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static OAuthBearerAccount Account(string token, string name = "crm", string origin = Origin) => new() { Name = name, Token = new Secret(token), AllowedOrigins = [origin] };
}
