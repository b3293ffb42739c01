namespace Digibee.Accounts;

/// <summary>What the text of a <c>krb5.conf</c> says about realms, key distribution centers and hosts. Everything else in it is passed over.</summary>
internal sealed class KerberosConfiguration
{
    private readonly Dictionary<string, List<KerberosKdc>> _servers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _domains = new(StringComparer.OrdinalIgnoreCase);

    public static KerberosConfiguration Empty { get; } = new();

    /// <summary>Gets the realm of principals that name none.</summary>
    public string? DefaultRealm { get; private set; }

    /// <summary>Gets whether requests go over TCP from the start (<c>udp_preference_limit</c> below the length of any request).</summary>
    public bool PrefersTcp { get; private set; }

    /// <summary>Gets the number of the first line that is not understood; 0 when there is none.</summary>
    public int BadLine { get; private set; }

    /// <summary>Gets whether it includes other files, which are not read.</summary>
    public bool HasIncludes { get; private set; }

    /// <summary>Reads the text. A line that is not understood is passed over and reported by <see cref="BadLine"/>.</summary>
    public static KerberosConfiguration Parse(string? text)
    {
        if (text is null)
        {
            return Empty;
        }

        var configuration = new KerberosConfiguration();
        var section = "";
        var groups = new List<string>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (!configuration.TryRead(line.Trim(), ref section, groups) && configuration.BadLine == 0)
            {
                configuration.BadLine = number;
            }
        }

        if (groups.Count > 0 && configuration.BadLine == 0)
        {
            configuration.BadLine = number;
        }

        return configuration;
    }

    /// <summary>Gives the servers of a realm, in the order they are tried.</summary>
    public IReadOnlyList<KerberosKdc> ServersOf(string realm) => _servers.TryGetValue(realm, out var servers) ? servers : [];

    /// <summary>Gives the realm of a host: by its name, then by the domains it is in; <see langword="null"/> when nothing is said of it.</summary>
    public string? RealmOf(string host)
    {
        if (_domains.Count == 0)
        {
            return null;
        }

        if (_domains.TryGetValue(host, out var realm))
        {
            return realm;
        }

        for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
        {
            if (_domains.TryGetValue(host[dot..], out realm))
            {
                return realm;
            }
        }

        return null;
    }

    private bool TryRead(ReadOnlySpan<char> line, ref string section, List<string> groups)
    {
        if (line.IsEmpty || line[0] is '#' or ';')
        {
            return true;
        }

        if (line[0] == '[')
        {
            var end = line.IndexOf(']');
            section = end > 1 ? line[1..end].ToString() : "";
            var isClosed = groups.Count == 0;
            groups.Clear();
            return end > 1 && isClosed;
        }

        if (line.StartsWith("include", StringComparison.Ordinal) && !line.Contains('='))
        {
            HasIncludes = true;
            return true;
        }

        if (line[0] == '}')
        {
            var isOpen = groups.Count > 0;
            groups.RemoveRange(Math.Max(groups.Count - 1, 0), isOpen ? 1 : 0);
            return isOpen;
        }

        var equals = line.IndexOf('=');
        if (equals <= 0)
        {
            return false;
        }

        var name = line[..equals].TrimEnd().TrimEnd('*').ToString();
        var value = line[(equals + 1)..].Trim().Trim('"');
        if (value is "{")
        {
            groups.Add(name);
            return true;
        }

        return TryTake(section, groups, name, value.ToString());
    }

    private bool TryTake(string section, List<string> groups, string name, string value)
    {
        switch (section, groups.Count, name)
        {
            case ("libdefaults", 0, "default_realm"):
                DefaultRealm = value;
                return true;
            case ("libdefaults", 0, "udp_preference_limit"):
                PrefersTcp = int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit < 100;
                return true;
            case ("realms", 1, "kdc"):
                return TryAddServer(groups[0], value);
            case ("domain_realm", 0, _):
                _domains[name] = value;
                return true;
            default:
                return true;
        }
    }

    private bool TryAddServer(string realm, string value)
    {
        // The proxy of MS-KKDCP is not spoken.
        if (value.Contains("://", StringComparison.Ordinal))
        {
            return true;
        }

        if (KerberosKdc.TryParse(value) is not { } server)
        {
            return false;
        }

        if (!_servers.TryGetValue(realm, out var servers))
        {
            _servers.Add(realm, servers = []);
        }

        servers.Add(server);
        return true;
    }
}
