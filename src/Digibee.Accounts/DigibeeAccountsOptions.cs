namespace Digibee.Accounts;

/// <summary>Settings shared by every account. Durations and limits have working defaults; <see cref="Environment"/> must be set.</summary>
public sealed class DigibeeAccountsOptions
{
    /// <summary>Gets or sets the tenant of accounts that are named without one.</summary>
    /// <value>An address part. The default is <c>default</c>.</value>
    public string Realm { get; set; } = "default";

    /// <summary>Gets or sets the environment of accounts that are named without one, such as <c>test</c> or <c>prod</c>.</summary>
    /// <value>An address part. There is no default: guessing it would send one environment's secrets from another.</value>
    public string Environment { get; set; } = "";

    /// <summary>Gets or sets the project this program belongs to.</summary>
    /// <value>A project's name, or <see langword="null"/>, the default: then accounts that are limited to projects are refused.</value>
    public string? Project { get; set; }

    /// <summary>Gets or sets how many opened accounts are cached over all realms and environments.</summary>
    /// <value>1 to 1,000,000. The default is 10,000.</value>
    public int CacheCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets how long an opened account stays cached without being used.</summary>
    /// <value>One second to one day. The default is 15 minutes.</value>
    public TimeSpan CacheIdleTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how long a cached account is served without asking the store while the store's feed is not proved alive.</summary>
    /// <value>Zero to one hour. The default is 30 seconds.</value>
    public TimeSpan CacheStaleTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an unknown name is remembered as unknown, unless the feed speaks of it earlier.</summary>
    /// <value>Zero to five minutes. The default is 5 seconds.</value>
    public TimeSpan NotFoundCacheTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long an opened account is served while the store cannot be reached.</summary>
    /// <value>Zero to one day. The default is one hour.</value>
    public TimeSpan StoreOutageTolerance { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how many identities have connections of their own at the same time: for each HTTP client, each account that proves itself on the connection, such as a certificate; NTLM and Kerberos count once for each server. Beyond it, the
    /// connections that were unused for the longest time are closed.</summary>
    /// <value>1 to 100,000. The default is 1,000.</value>
    public int ConnectionIdentityCapacity { get; set; } = 1_000;

    /// <summary>Gets or sets how long the connections of such an identity stay without being used. The client's own handler may close them earlier.</summary>
    /// <value>One second to one day. The default is two minutes.</value>
    public TimeSpan ConnectionIdentityIdleTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many revisions of an account are kept, the current one included.</summary>
    /// <value>1 to 100. The default is 5.</value>
    public int KeepRevisions { get; set; } = 5;

    /// <summary>Gets or sets for how long after its last use by an HTTP client an account counts as in use, so that <see cref="IAccountVault.DeleteAsync"/> refuses to delete it.</summary>
    /// <value>Zero, to look at references of other accounts alone, to 90 days. The default is one day.</value>
    public TimeSpan InUseTime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets the hosts that token requests may reach at private and loopback addresses even where the endpoint stood in an account or in a discovery document.</summary>
    /// <value>Host names or addresses, without scheme and port. Empty by default. Link-local addresses, where clouds hand out the machine's own credentials, are refused always.</value>
    public IList<string> PrivateTokenHosts { get; } = [];

    /// <summary>Gets the limits that are checked when an account is saved, and never when it is opened.</summary>
    public AccountLimits Limits { get; } = new();
}
