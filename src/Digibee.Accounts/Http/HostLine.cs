using System.Globalization;

namespace Digibee.Accounts;

/// <summary>The <c>Host</c> header as the platform writes it.</summary>
internal static class HostLine
{
    /// <summary>Gets the header's value: the one that is set, or else host and port of the URI.</summary>
    public static string Of(AccountRequest request)
    {
        if (request.Headers.TryGetValues("Host", out var written))
        {
            return written.ToString();
        }

        return Of(request.RequestUri);
    }

    /// <summary>Gets the value that a URI gives: IDNA form, brackets around an address of IP version 6 but no zone, the port unless it is the scheme's.</summary>
    public static string Of(Uri uri)
    {
        var host = uri.IdnHost;
        if (uri.HostNameType == UriHostNameType.IPv6)
        {
            var zone = host.IndexOf('%', StringComparison.Ordinal);
            host = $"[{(zone < 0 ? host : host[..zone])}]";
        }

        return uri.IsDefaultPort ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{uri.Port}");
    }
}
