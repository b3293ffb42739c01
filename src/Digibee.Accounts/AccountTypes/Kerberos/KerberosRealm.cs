namespace Digibee.Accounts;

/// <summary>A realm as one account sees it: its servers, and which of them answered last. Safe for concurrent use.</summary>
/// <param name="name">The realm's name.</param>
/// <param name="servers">The servers, in the order they are tried.</param>
/// <param name="prefersTcp">Whether requests go over TCP from the start.</param>
internal sealed class KerberosRealm(string name, IReadOnlyList<KerberosKdc> servers, bool prefersTcp)
{
    private volatile KerberosKdc? _lastAnswered;
    private volatile bool _prefersTcp = prefersTcp;

    public string Name { get; } = name;

    /// <summary>Gets how many servers there are.</summary>
    public int Count => servers.Count;

    /// <summary>Gets whether UDP is not worth trying.</summary>
    public bool PrefersTcp => _prefersTcp;

    /// <summary>Gives the servers, the one that answered last first.</summary>
    public IEnumerable<KerberosKdc> Servers() => _lastAnswered is { } last ? servers.Where(server => server != last).Prepend(last) : servers;

    /// <summary>Notes that a server answered, and how. Where only TCP comes through, UDP would cost its time-out each time.</summary>
    public void Answered(KerberosKdc server, bool overTcp)
    {
        _lastAnswered = server;
        _prefersTcp |= overTcp;
    }
}
