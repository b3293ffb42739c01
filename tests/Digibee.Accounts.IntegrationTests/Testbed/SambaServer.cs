namespace Digibee.Accounts;

/// <summary>The KDC of a Samba domain controller, which answers as Active Directory does, and Apache for its domain.</summary>
[CollectionDefinition]
public sealed class SambaServer() : TestbedServer("samba-ad"), ICollectionFixture<SambaServer>
{
    public Uri Url => new(this["URL"] + "index.html");

    public string Realm => this["REALM"];

    public string Kdc => this["KDC"];

    public string Folder => this["DIR"];

    /// <summary>Gives an account of one of the domain's users that have a keytab.</summary>
    public KerberosAccount Account(string user) => new()
    {
        Name = user,
        Principal = $"{user}@{Realm}",
        Keytab = new Secret(Convert.ToBase64String(File.ReadAllBytes($"{Folder}/{user}.keytab"))),
        KeyDistributionCenters = [Kdc],
        AllowedOrigins = [Url.GetLeftPart(UriPartial.Authority)],
    };

    /// <summary>Makes a user.</summary>
    /// <param name="user">The user's name, and the keytab's.</param>
    /// <param name="changes">What <c>domain.py</c> does with the user before the keytab is written.</param>
    public async Task AddAsync(string user, params string[] changes)
    {
        await ChangeAsync("user", user);
        if (changes is [var command, .. var arguments])
        {
            await ChangeAsync([command, user, .. arguments]);
        }

        await ChangeAsync("keytab", user, $"{Folder}/{user}.keytab");
    }

    /// <summary>Changes the domain by <c>domain.py</c>.</summary>
    public async Task ChangeAsync(params string[] arguments)
    {
        var change = await TestbedScript.RunAsync("testbed/samba-ad/domain.py", [$"{Folder}/dc/etc/smb.conf", .. arguments]);
        if (change.ExitCode != 0)
        {
            throw new InvalidOperationException($"domain.py {arguments[0]} ended with {change.ExitCode}: {change.Error}");
        }
    }
}
