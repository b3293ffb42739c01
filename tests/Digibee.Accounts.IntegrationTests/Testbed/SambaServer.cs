namespace Digibee.Accounts;

/// <summary>The KDC of a Samba domain controller, which answers as Active Directory does, and Apache for its domain.</summary>
[CollectionDefinition]
public sealed class SambaServer() : TestbedServer("samba-ad"), ICollectionFixture<SambaServer>
{
    public Uri Url => new(this["URL"] + "index.html");

    public string Realm => this["REALM"];

    public string Folder => this["DIR"];

    /// <summary>Gives an account of one of the domain's users that have a keytab.</summary>
    public KerberosAccount Account(string user) => new()
    {
        Name = user,
        Principal = $"{user}@{Realm}",
        Keytab = new Secret(Convert.ToBase64String(File.ReadAllBytes($"{Folder}/{user}.keytab"))),
        KeyDistributionCenters = [this["KDC"]],
        AllowedOrigins = [Url.GetLeftPart(UriPartial.Authority)],
    };
}
