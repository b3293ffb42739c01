namespace Digibee.Accounts;

/// <summary>The value of a <c>Cookie</c> header (RFC 6265, section 4.2).</summary>
internal static class CookieLine
{
    /// <summary>Gives one line with a cookie behind all others; one that had this name is left out.</summary>
    /// <param name="lines">What stood in the header; <see langword="null"/> for nothing.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="value">The cookie's value.</param>
    public static string Set(string[]? lines, string name, string value)
    {
        var cookie = $"{name}={value}";
        if (lines is null)
        {
            return cookie;
        }

        var cookies = new List<string>();
        foreach (var line in lines)
        {
            foreach (var other in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (!IsNamed(other, name))
                {
                    cookies.Add(other);
                }
            }
        }

        cookies.Add(cookie);
        return string.Join("; ", cookies);
    }

    private static bool IsNamed(string cookie, string name) =>
        cookie.StartsWith(name, StringComparison.Ordinal) && cookie.Length > name.Length && cookie[name.Length] == '=';
}
