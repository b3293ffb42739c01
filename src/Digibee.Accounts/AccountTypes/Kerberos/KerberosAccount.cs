namespace Digibee.Accounts;

/// <summary>A Kerberos principal with its long-term keys.</summary>
/// <remarks>The protocol is RFC 4120; HTTP carries it as RFC 4559 says.</remarks>
public sealed record KerberosAccount : Account
{
    /// <summary>Gets the principal, such as <c>user@EXAMPLE.COM</c>.</summary>
    public required string Principal
    {
        get;
        init => field = FieldGuard.SingleLine(value);
    }

    /// <summary>Gets the keytab file (version 0x0502), base64.</summary>
    public required Secret Keytab
    {
        get;
        init => field = FieldGuard.NotNull(value);
    }

    /// <summary>Gets the Kerberos realm, if the principal does not name it. It has nothing to do with the realm of an <see cref="AccountAddress"/>.</summary>
    public string? KerberosRealm
    {
        get;
        init => field = FieldGuard.OptionalSingleLine(value);
    }

    /// <summary>Gets the key distribution centers, <c>host</c> or <c>host:port</c>, in the order they are tried.</summary>
    public NameList KeyDistributionCenters
    {
        get => field ?? NameList.Empty;
        init => field = NameList.OrNull(value);
    }

    private protected override AccountType TypeCore => AccountType.Kerberos;

    private protected override void InspectCore(AccountInspection inspection)
    {
        var hasRealm = inspection.Allow(KerberosRealm) && KerberosPrincipalSyntax.InspectRealm(KerberosRealm, inspection, nameof(KerberosRealm));
        if (inspection.Require(Principal) && KerberosPrincipalSyntax.Inspect(Principal, KerberosRealm, inspection, nameof(Principal)))
        {
            inspection.Note("principal", Principal);
        }

        if (inspection.Require(Keytab))
        {
            KerberosKeytabSyntax.Inspect(Keytab.RevealBytes(), inspection, nameof(Keytab));
        }

        if (hasRealm)
        {
            inspection.Note("kerberosRealm", KerberosRealm!);
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
}
