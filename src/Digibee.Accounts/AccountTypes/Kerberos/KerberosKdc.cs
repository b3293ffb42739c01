using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Where a key distribution center is reached.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The port, for UDP and TCP alike.</param>
internal sealed record KerberosKdc(string Host, int Port)
{
    private const int DefaultPort = 88;

    /// <summary>Gives what the domain of a realm's name resolves to: in Active Directory, its controllers. <see langword="null"/> when the realm is not named as domains are.</summary>
    /// <remarks>The name may come from another KDC's referral, which says nothing of addresses and ports.</remarks>
    public static KerberosKdc? OfDomain(string realm) => Uri.CheckHostName(realm) == UriHostNameType.Dns ? new(realm, DefaultPort) : null;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[address]:port</c>, with <c>tcp/</c> or <c>udp/</c> before it or not; <see langword="null"/> when it is none.</summary>
    public static KerberosKdc? TryParse(string text)
    {
        if (text.StartsWith("tcp/", StringComparison.Ordinal) || text.StartsWith("udp/", StringComparison.Ordinal))
        {
            text = text[4..];
        }

        if (!HostSyntax.IsHostAndPort(text))
        {
            return null;
        }

        // IsHostAndPort has seen to it that what follows the last colon is a port, or that all colons are an address's.
        var colon = text.LastIndexOf(':');
        var hasPort = colon >= 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[..colon].EndsWith(']'));
        return hasPort
            ? new(text[..colon].Trim('[', ']'), int.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture))
            : new(text.Trim('[', ']'), DefaultPort);
    }
}
