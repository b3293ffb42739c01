using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Host names and addresses of servers that are not reached by a URI.</summary>
internal static class HostSyntax
{
    /// <summary>Tells whether it is one host name or one address.</summary>
    public static bool IsHost(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown;

    /// <summary>Tells whether it is <c>host</c>, <c>host:port</c>, <c>[address]:port</c> or an address.</summary>
    public static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon >= 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[..colon].EndsWith(']'));
        return hasPort ? IsHost(text[..colon]) && IsPort(text.AsSpan(colon + 1)) : IsHost(text);
    }

    private static bool IsPort(ReadOnlySpan<char> text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0;
}
