using System.Diagnostics.CodeAnalysis;

namespace Digibee.Accounts;

/// <summary>Scheme, host and port of a URI, in the form in which origins compare (RFC 6454, section 4).</summary>
internal readonly record struct Origin
{
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

        return TryNormalize(uri.IdnHost, out var host) && Set(new Origin(isHttps, host, uri.Port), out origin);
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

        // Without a port the header means the connection's.
        return Set(uri.IsDefaultPort ? new Origin(named.IsHttps, named.Host, requested.Port) : named, out origin);
    }

    public override string ToString() =>
        $"{(IsHttps ? "https" : "http")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port == (IsHttps ? 443 : 80) ? "" : $":{Port}")}";

    private static bool Set(Origin value, out Origin origin)
    {
        origin = value;
        return true;
    }

    private static bool TryNormalize(string idnHost, out string host)
    {
        // One final dot is the root label and changes nothing; more are an empty label, which no resolver takes.
        host = idnHost.EndsWith('.') ? idnHost[..^1] : idnHost;
        if (host.Length == 0 || host.EndsWith('.'))
        {
            return false;
        }

        foreach (var c in host)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                host = host.ToLowerInvariant();
                break;
            }
        }

        return true;
    }
}
