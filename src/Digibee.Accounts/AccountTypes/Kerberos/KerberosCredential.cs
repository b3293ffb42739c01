namespace Digibee.Accounts;

/// <summary>What one revision of an account needs to get tickets, and the tickets it has. It has several owners: the revision, each request that is under way, and each request for a ticket. Each disposes it once, and the last one wipes the keys. Safe for concurrent use.</summary>
internal sealed class KerberosCredential : IDisposable
{
    private const int MostRealms = 64;
    private const int MostServices = 256;

    private readonly KerberosAccount _account;
    private readonly KerberosConfiguration _configuration;
    private readonly Dictionary<string, KerberosRealm> _realms = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private OwnerCount _owners = new();

    // Whether the account's service principal has a realm of its own, so that the host of a request does not decide it.
    private readonly bool _namesServiceRealm;

    public KerberosCredential(OpenedAccount opened, TimeProvider time, KerberosMetrics metrics)
    {
        _account = (KerberosAccount)opened.Account;
        _configuration = KerberosConfiguration.Parse(_account.Configuration);
        _namesServiceRealm = _account.ServicePrincipal is { } service && KerberosPrincipal.Parse(service, KerberosNameType.ServiceHost, realm: "").Realm.Length > 0;
        AccountName = opened.Address.Name;
        Principal = KerberosPrincipal.Parse(_account.Principal, KerberosNameType.Principal, _account.KerberosRealm ?? _configuration.DefaultRealm ?? "");
        Keytab = KerberosKeytab.Open(_account.Keytab.RevealBytes(), Principal, _account.AllowRc4);
        Clock = new KerberosClock(time);
        GrantingTickets = new KerberosTicketCache(1, Clock, metrics);
        Tickets = new KerberosTicketCache(MostServices, Clock, metrics);
    }

    public string AccountName { get; }

    public KerberosPrincipal Principal { get; }

    public KerberosKeytab Keytab { get; }

    public KerberosClock Clock { get; }

    /// <summary>Gets the ticket-granting ticket of the principal's own realm, by the realm's name.</summary>
    public KerberosTicketCache GrantingTickets { get; }

    /// <summary>Gets the tickets for services, by what <see cref="KeyOf"/> gives.</summary>
    public KerberosTicketCache Tickets { get; }

    /// <summary>Gets or sets the version of the key that the KDC took last; 0 before it took any.</summary>
    public long AcceptedVersion { get; set; }

    public bool RequireMutualAuthentication => _account.RequireMutualAuthentication;

    public bool AllowRc4 => _account.AllowRc4;

    /// <summary>Gets whether the account names the service, so that the host of a request does not.</summary>
    public bool NamesService => _account.ServicePrincipal is not null;

    /// <summary>Gives what a ticket is kept by: one for each host; or, when the account names the service, one for each realm that hosts are in.</summary>
    public string KeyOf(string host)
    {
        if (_account.ServicePrincipal is not { } service)
        {
            return host;
        }

        return !_namesServiceRealm && _configuration.RealmOf(host) is { } realm ? $"{service}@{realm}" : service;
    }

    /// <summary>Gives the service that a request to a host is for. Its realm is empty when nothing names it: the KDCs then know the way.</summary>
    public KerberosPrincipal ServiceOf(string host) => _account.ServicePrincipal is { } service
        ? KerberosPrincipal.Parse(service, KerberosNameType.ServiceHost, _configuration.RealmOf(host) ?? "")
        : new KerberosPrincipal(_configuration.RealmOf(host) ?? "", KerberosNameType.ServiceHost, "HTTP", host);

    /// <summary>Gives a realm with its servers.</summary>
    public KerberosRealm RealmOf(string name)
    {
        lock (_lock)
        {
            if (_realms.TryGetValue(name, out var realm))
            {
                return realm;
            }

            realm = new KerberosRealm(name, ServersOf(name), _configuration.PrefersTcp);
            if (_realms.Count < MostRealms)
            {
                _realms.Add(name, realm);
            }

            return realm;
        }
    }

    /// <summary>Adds an owner, unless the keys are wiped already.</summary>
    public bool TryOwn() => _owners.TryAdd();

    public void Dispose()
    {
        if (_owners.Remove())
        {
            Keytab.Dispose();
            Tickets.Dispose();
            GrantingTickets.Dispose();
        }
    }

    private IReadOnlyList<KerberosKdc> ServersOf(string realm)
    {
        if (realm == Principal.Realm && _account.KeyDistributionCenters.Count > 0)
        {
            return [.. _account.KeyDistributionCenters.Select(KerberosKdc.TryParse).OfType<KerberosKdc>()];
        }

        return _configuration.ServersOf(realm) is { Count: > 0 } servers ? servers : KerberosKdc.OfDomain(realm) is { } domain ? [domain] : [];
    }
}
