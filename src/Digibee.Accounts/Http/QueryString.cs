using System.Text;

namespace Digibee.Accounts;

/// <summary>Sets and removes a query parameter on the string, so that nothing else of the URI changes.</summary>
internal static class QueryString
{
    // UriBuilder and the ordinary constructor canonicalise a URI that its maker asked to be sent as it is.
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Gives the URI with <paramref name="encodedPair"/> in place of every parameter of that name. Its fragment, which is never sent, is dropped.</summary>
    /// <param name="uri">An absolute URI.</param>
    /// <param name="name">The parameter's name, not encoded.</param>
    /// <param name="encodedPair"><c>name=value</c>, encoded.</param>
    public static Uri Set(Uri uri, string name, string encodedPair)
    {
        var kept = Without(uri.Query, name, value: null);
        return Build(uri, kept.Length == 0 ? $"?{encodedPair}" : $"{kept}&{encodedPair}");
    }

    /// <summary>Gives the URI without a parameter of this name and value, however it is encoded; the same instance when there is none.</summary>
    /// <param name="uri">An absolute URI.</param>
    /// <param name="encodedPair"><c>name=value</c>, encoded.</param>
    public static Uri Remove(Uri uri, string encodedPair)
    {
        var end = encodedPair.IndexOf('=', StringComparison.Ordinal);
        var kept = Without(uri.Query, Uri.UnescapeDataString(encodedPair[..end]), Uri.UnescapeDataString(encodedPair[(end + 1)..]));
        return kept.Length == uri.Query.Length ? uri : Build(uri, kept, uri.Fragment);
    }

    /// <summary>Gives the URI with another path and query, which are sent as they are written here.</summary>
    public static Uri WithPathAndQuery(Uri uri, string pathAndQuery, string fragment = "")
    {
        var text = uri.GetLeftPart(UriPartial.Authority) + pathAndQuery + fragment;
        var built = new Uri(text);
        return built.PathAndQuery == pathAndQuery ? built : new Uri(text, AsWritten);
    }

    // The path as it is written to the wire: PathAndQuery is, AbsolutePath alone is not for a URI kept as written.
    private static Uri Build(Uri uri, string query, string fragment = "") =>
        WithPathAndQuery(uri, string.Concat(uri.PathAndQuery.AsSpan(0, uri.PathAndQuery.Length - uri.Query.Length), query), fragment);

    // With a value of null: every parameter of that name.
    private static string Without(string query, string name, string? value)
    {
        if (query.Length <= 1)
        {
            return "";
        }

        StringBuilder? kept = null;
        var parts = query.AsSpan(1);
        foreach (var range in parts.Split('&'))
        {
            if (Is(parts[range], name, value))
            {
                kept ??= new StringBuilder("?").Append(parts[..range.Start]);
            }
            else
            {
                kept?.Append(parts[range]).Append('&');
            }
        }

        // Each part in it ends in a separator, which the last must not have; nothing but the question mark is no query.
        return kept is null ? query : kept.ToString(0, kept.Length - 1);
    }

    private static bool Is(ReadOnlySpan<char> part, string name, string? value)
    {
        var end = part.IndexOf('=');
        return end < 0
            ? Reads(part, name) && value is null or ""
            : Reads(part[..end], name) && (value is null || Reads(part[(end + 1)..], value));
    }

    private static bool Reads(ReadOnlySpan<char> written, string text) =>
        written.SequenceEqual(text) || (written.ContainsAny('%', '+') && Uri.UnescapeDataString(written.ToString().Replace('+', ' ')) == text);
}
