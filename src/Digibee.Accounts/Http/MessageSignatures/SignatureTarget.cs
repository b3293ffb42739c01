namespace Digibee.Accounts;

/// <summary>The parts of a request target in any of its forms (RFC 9112, section 3.2).</summary>
internal static class SignatureTarget
{
    /// <summary>Tells whether a target can be sent as it stands: visible ASCII, and no fragment.</summary>
    public static bool IsSendable(ReadOnlySpan<char> target) => !target.ContainsAnyExceptInRange('!', '~') && !target.Contains('#');

    /// <summary>Gives path and query; <see langword="false"/> for a target that has none, as that of CONNECT.</summary>
    public static bool TryPathAndQuery(ReadOnlySpan<char> target, out ReadOnlySpan<char> pathAndQuery)
    {
        pathAndQuery = target;
        if (target.IsEmpty || target[0] == '/')
        {
            return true;
        }

        if (target is "*")
        {
            pathAndQuery = default;
            return true;
        }

        var authority = target.IndexOf("://", StringComparison.Ordinal);
        if (authority <= 0)
        {
            return false;
        }

        pathAndQuery = target[(authority + 3)..];
        var end = pathAndQuery.IndexOfAny('/', '?');
        pathAndQuery = end < 0 ? default : pathAndQuery[end..];
        return true;
    }

    /// <summary>Gives the path; a slash where it is empty (RFC 9421, section 2.2.6).</summary>
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> pathAndQuery)
    {
        var end = pathAndQuery.IndexOf('?');
        var path = end < 0 ? pathAndQuery : pathAndQuery[..end];
        return path.IsEmpty ? "/" : path;
    }

    /// <summary>Gives the query with its question mark, which stands alone where there is none (RFC 9421, section 2.2.7).</summary>
    public static ReadOnlySpan<char> QueryOf(ReadOnlySpan<char> pathAndQuery)
    {
        var start = pathAndQuery.IndexOf('?');
        return start < 0 ? "?" : pathAndQuery[start..];
    }

    /// <summary>Gives an authority without the port that its scheme has anyway (RFC 9421, section 2.2.3). Its case stays.</summary>
    public static ReadOnlySpan<char> WithoutDefaultPort(ReadOnlySpan<char> authority, ReadOnlySpan<char> scheme)
    {
        var port = scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? ":443" : scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? ":80" : ":";
        return authority.EndsWith(port, StringComparison.Ordinal) ? authority[..^port.Length]
            : authority.EndsWith(':') ? authority[..^1]
            : authority;
    }
}
