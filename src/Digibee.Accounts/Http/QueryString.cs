namespace Digibee.Accounts;

/// <summary>Sets and removes a query parameter on the string, so that nothing else of the URI changes.</summary>
internal static class QueryString
{
    // UriBuilder and the ordinary constructor would canonicalise a URI that its maker asked to be sent as it is.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Gives the URI with <paramref name="encodedPair"/> in place of every parameter of that name. Its fragment, which is never sent, is dropped.</summary>
    /// <param name="uri">An absolute URI.</param>
    /// <param name="name">The parameter's name, not encoded.</param>
    /// <param name="encodedPair"><c>name=value</c>, encoded.</param>
    public static Uri Set(Uri uri, string name, string encodedPair)
    {
        var kept = Without(uri.Query, name, pair: null);
        return Build(uri, kept.Length == 0 ? $"?{encodedPair}" : $"{kept}&{encodedPair}");
    }

    /// <summary>Gives the URI without a parameter that reads exactly like <paramref name="encodedPair"/>; the same instance when there is none.</summary>
    public static Uri Remove(Uri uri, string encodedPair)
    {
        var kept = Without(uri.Query, name: null, encodedPair);
        return kept.Length == uri.Query.Length ? uri : Build(uri, kept);
    }

    private static Uri Build(Uri uri, string query)
    {
        // The path as it is written to the wire: PathAndQuery is, AbsolutePath alone is not for a URI kept as written.
        var pathAndQuery = uri.PathAndQuery;
        return new Uri(string.Concat(uri.GetLeftPart(UriPartial.Authority), pathAndQuery.AsSpan(0, pathAndQuery.Length - uri.Query.Length), query), AsWritten);
    }

    private static string Without(string query, string? name, string? pair)
    {
        if (query.Length <= 1)
        {
            return "";
        }

        List<string>? kept = null;
        var parts = query[1..].Split('&');
        for (var i = 0; i < parts.Length; i++)
        {
            var isThat = name is not null ? IsNamed(parts[i], name) : parts[i] == pair;
            if (isThat)
            {
                kept ??= [.. parts.AsSpan(0, i)];
            }
            else
            {
                kept?.Add(parts[i]);
            }
        }

        return kept is null ? query : kept.Count == 0 ? "" : $"?{string.Join('&', kept)}";
    }

    private static bool IsNamed(string part, string name)
    {
        var end = part.IndexOf('=', StringComparison.Ordinal);
        var written = end < 0 ? part : part[..end];
        return written == name || Uri.UnescapeDataString(written.Replace('+', ' ')) == name;
    }
}
