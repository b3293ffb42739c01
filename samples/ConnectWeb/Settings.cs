using Digibee.Accounts;

namespace ConnectWeb;

/// <summary>The provider, and this program as its client: by command line, environment or user secrets.</summary>
internal sealed record Settings(Uri Issuer, string ClientId, Secret ClientSecret)
{
    public static Settings Read(IConfiguration configuration) =>
        new(new Uri(Get(configuration, "issuer")), Get(configuration, "client-id"), new Secret(Get(configuration, "client-secret")));

    private static string Get(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value ? value : throw new ArgumentException($"--{name} is missing.");
}
