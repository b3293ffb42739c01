namespace Digibee.Accounts;

/// <summary>A Kerberos principal with its long-term keys, proved by HTTP's <c>Negotiate</c> scheme.</summary>
/// <remarks>The protocol is RFC 4120; HTTP carries it as RFC 4559 says. The keys may be AES with SHA-1 (RFC 3962) or SHA-2 (RFC 8009).</remarks>
public sealed record KerberosAccount : Account
{
    /// <summary>Gets the principal, such as <c>user@EXAMPLE.COM</c> or <c>HTTP/web.example@EXAMPLE.COM</c>; a backslash stands before a slash or @ that separates nothing. It is kept as a fact, in clear.</summary>
    /// <exception cref="ArgumentException">It holds a line break or NUL, or is <see langword="null"/>.</exception>
    public required string Principal
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the keytab file (version 0x0502), base64 with or without line breaks. It may hold several versions of the principal's key: the newest is tried first, then the one before it. The newest version's number is kept as a fact, in clear.</summary>
    /// <exception cref="ArgumentNullException">It is <see langword="null"/>.</exception>
    public required Secret Keytab
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the Kerberos realm, if the principal does not name it. It has nothing to do with the realm of an <see cref="AccountAddress"/>.</summary>
    /// <value><see langword="null"/>, the default, for the <c>default_realm</c> of <see cref="Configuration"/>.</value>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? KerberosRealm
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the key distribution centers of the principal's realm, <c>host</c> or <c>host:port</c>, in the order they are tried.</summary>
    /// <value>Empty, the default, for those that <see cref="Configuration"/> names; where it names none either, the realm itself is taken for a host name, as it is one in Active Directory.</value>
    public NameList KeyDistributionCenters
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    /// <summary>Gets the text of a <c>krb5.conf</c>. Its <c>kdc</c> lines, <c>domain_realm</c>, <c>default_realm</c> and <c>udp_preference_limit</c> are heeded, for this account alone; files it includes are not read.</summary>
    /// <value><see langword="null"/>, the default, for none. The machine's own file is never read.</value>
    public string? Configuration { get; init; }

    /// <summary>Gets the principal of the service, such as <c>HTTP/web.example</c>, with its realm or without.</summary>
    /// <value><see langword="null"/>, the default, for <c>HTTP/</c> and the host that the request goes to.</value>
    /// <exception cref="ArgumentException">It holds a line break or NUL.</exception>
    public string? ServicePrincipal
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets whether every answer but a 401 must prove that the service has its key; one that does not is thrown away (<see cref="AccountAuthenticationException"/>). The request was sent by then.</summary>
    /// <value>The default is <see langword="false"/>: over HTTPS the certificate proves the server.</value>
    public bool RequireMutualAuthentication { get; init; }

    /// <summary>Gets whether RC4 may be used (RFC 4757), for keys and sessions: it is broken, and only old domains need it. DES is never used.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowRc4 { get; init; }

    private protected override AccountType TypeCore => AccountType.Kerberos;

    private protected override void InspectCore(AccountInspection inspection)
    {
        var configuration = InspectConfiguration(inspection);
        var hasRealm = inspection.Allow(KerberosRealm) && KerberosPrincipalSyntax.InspectRealm(KerberosRealm, inspection, nameof(KerberosRealm));
        KerberosPrincipal? principal = null;
        if (inspection.Require(Principal) && KerberosPrincipalSyntax.Inspect(Principal, KerberosRealm ?? configuration.DefaultRealm, KerberosRealm is not null, inspection, nameof(Principal)))
        {
            inspection.Note("principal", Principal);
            principal = KerberosPrincipal.Parse(Principal, KerberosNameType.Principal, KerberosRealm ?? configuration.DefaultRealm ?? "");
        }

        if (inspection.Require(Keytab))
        {
            KerberosKeytabSyntax.Inspect(Keytab.RevealBytes(), principal, AllowRc4, inspection, nameof(Keytab));
        }

        if (hasRealm)
        {
            inspection.Note("kerberosRealm", KerberosRealm!);
        }

        if (inspection.Allow(ServicePrincipal) && !KerberosPrincipalSyntax.IsPrincipal(ServicePrincipal))
        {
            inspection.Refuse(nameof(ServicePrincipal), "it is not a principal. Write it as HTTP/host or HTTP/host@REALM, without empty parts.");
        }

        inspection.Allow(KeyDistributionCenters);
        for (var i = 0; i < KeyDistributionCenters.Count; i++)
        {
            if (!HostSyntax.IsHostAndPort(KeyDistributionCenters[i]))
            {
                inspection.Refuse(nameof(KeyDistributionCenters), $"entry {i + 1} is not a server. Write host or host:port, and an IPv6 address with a port in brackets.");
            }
        }
    }

    private KerberosConfiguration InspectConfiguration(AccountInspection inspection)
    {
        if (!inspection.Allow(Configuration))
        {
            return KerberosConfiguration.Empty;
        }

        var configuration = KerberosConfiguration.Parse(Configuration);
        if (configuration.BadLine > 0)
        {
            inspection.Refuse(nameof(Configuration), $"line {configuration.BadLine} is not what a krb5.conf holds. Compare its brackets and braces, and how its servers are written.");
        }

        if (configuration.HasIncludes)
        {
            inspection.Warn(nameof(Configuration), "it includes other files, which are not read. Copy what is needed into it.");
        }

        return configuration;
    }
}
