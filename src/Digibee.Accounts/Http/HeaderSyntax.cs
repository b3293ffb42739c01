using System.Buffers;
using System.Collections.Frozen;

namespace Digibee.Accounts;

/// <summary>What may stand in a header, and which headers an account may set. Used at save and again at apply.</summary>
internal static class HeaderSyntax
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> CookieOctets =
        SearchValues.Create("!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    // They frame the message, belong to the connection or to the proxy, or decide where the message goes; Allow, Expires and Last-Modified describe content, and the platform
    // drops them from a request's headers without a word.
    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["Allow", "Connection", "Cookie", "Cookie2", "Expect", "Expires", "Host", "Keep-Alive", "Last-Modified", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding", "Upgrade"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Tells whether a name is a token of RFC 9110, section 5.6.2.</summary>
    public static bool IsToken(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(TokenCharacters);

    /// <summary>Tells whether an account may not set a header of this name.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells whether a value is visible ASCII with spaces and tabs inside only (RFC 9110, section 5.5, without obs-text).</summary>
    public static bool IsValue(ReadOnlySpan<char> value) =>
        !value.IsEmpty && value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t') && IsVisible(value);

    /// <summary>Tells whether a value can be sent in a cookie as it is (RFC 6265, section 4.1.1).</summary>
    public static bool IsCookieValue(ReadOnlySpan<char> value) => !value.ContainsAnyExcept(CookieOctets);

    private static bool IsVisible(ReadOnlySpan<char> value)
    {
        // Without a tab, the rule, one vectorised search decides.
        if (!value.ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        foreach (var c in value)
        {
            if (c is not ('\t' or (>= ' ' and <= '~')))
            {
                return false;
            }
        }

        return true;
    }
}
