using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Digibee.Accounts;

/// <summary>Scheme, host and port of a URI, in the form in which origins compare (RFC 6454, section 4).</summary>
internal readonly record struct Origin
{
    // RFC 1035, section 2.3.4, as text.
    private const int MaxHostLength = 253;

    // Names in their IDNA form, and addresses. Underscores are no host names and occur all the same.
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._:");

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    private Origin(bool isHttps, string host, int port)
    {
        IsHttps = isHttps;
        Host = host;
        Port = port;
    }

    public bool IsHttps { get; }

    /// <summary>Gets the host: IDNA form, lower case, no final dot, no brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    public static bool TryCreate([NotNullWhen(true)] Uri? uri, out Origin origin)
    {
        origin = default;
        if (uri is not { IsAbsoluteUri: true } || uri.UserInfo.Length > 0)
        {
            return false;
        }

        var isHttps = uri.Scheme == Uri.UriSchemeHttps;
        if (!isHttps && uri.Scheme != Uri.UriSchemeHttp)
        {
            return false;
        }

        return TryGetHost(uri, out var host) && Set(new Origin(isHttps, host, uri.Port), out origin);
    }

    /// <summary>The origin that a <c>Host</c> header names, under the scheme and port of the request it stands on.</summary>
    public static bool TryCreateFromHostHeader(string hostHeader, in Origin requested, out Origin origin)
    {
        origin = default;
        if (!Uri.TryCreate($"{(requested.IsHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp)}://{hostHeader}", UriKind.Absolute, out var uri)
            || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || !TryCreate(uri, out var named))
        {
            return false;
        }

        // Without a port the header means the connection's. The text tells it: to a Uri the scheme's own port, written out, is none.
        return Set(NamesPort(hostHeader) ? named : new Origin(named.IsHttps, named.Host, requested.Port), out origin);
    }

    public override string ToString() =>
        $"{(IsHttps ? "https" : "http")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port == (IsHttps ? 443 : 80) ? "" : $":{Port}")}";

    private static bool NamesPort(ReadOnlySpan<char> hostHeader)
    {
        // The colons of an IPv6 address stand in brackets.
        var afterAddress = hostHeader[(hostHeader.LastIndexOf(']') + 1)..];
        var colon = afterAddress.IndexOf(':');
        return colon >= 0 && colon < afterAddress.Length - 1;
    }

    private static bool Set(Origin value, out Origin origin)
    {
        origin = value;
        return true;
    }

    private static bool TryGetHost(Uri uri, out string host)
    {
        try
        {
            host = uri.IdnHost;
        }
        catch (UriFormatException)
        {
            // A Uri can hold a name that has no IDNA form.
            host = "";
            return false;
        }

        // One final dot is the root label and changes nothing; more are an empty label, which no resolver takes.
        if (host.EndsWith('.'))
        {
            host = host[..^1];
        }

        if (host.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            host = host.ToLowerInvariant();
        }

        return host.Length is > 0 and <= MaxHostLength && !host.EndsWith('.') && !host.AsSpan().ContainsAnyExcept(HostCharacters) && (!EndsInNumber(host) || IsAddress(host));
    }

    // What ends in a number is an address to every resolver, in whatever old form it is written: "0x7f.1" with a final dot passes Uri as a name.
    private static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        var label = host[(host.LastIndexOf('.') + 1)..];
        return !label.ContainsAnyExceptInRange('0', '9') || (label.StartsWith("0x", StringComparison.Ordinal) && !label[2..].ContainsAnyExcept(HexadecimalDigits));
    }

    private static bool IsAddress(string host) => IPAddress.TryParse(host, out var address) && address.ToString() == host;
}
