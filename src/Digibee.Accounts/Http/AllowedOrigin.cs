using System.Buffers;
using System.Globalization;
using System.Net;

namespace Digibee.Accounts;

/// <summary>One entry of <see cref="AllowedOrigins"/>.</summary>
internal sealed record AllowedOrigin
{
    public static readonly AllowedOrigin Any = new() { Text = "https://*", Origin = default, Kind = Match.AnyHttps };

    // A name of 253 characters, with scheme, wildcard and port.
    private const int MaxLength = 300;

    // What Uri would take for the end of the authority, or decode.
    private static readonly SearchValues<char> NotInAuthority = SearchValues.Create("/?#@\\*%");

    private enum Match
    {
        Literal,
        Subdomains,
        AnyHttps,
    }

    public required string Text { get; init; }

    public bool IsLiteral => Kind == Match.Literal;

    public bool IsClearText => Kind == Match.Literal && !Origin.IsHttps && !IsLoopback(Origin.Host);

    private Origin Origin { get; init; }

    // With a leading dot for Subdomains.
    private string Suffix { get; init; } = "";

    private Match Kind { get; init; }

    public static AllowedOrigin? Parse(string? text, out string problem)
    {
        problem = "it must be scheme://host or scheme://host:port, such as https://api.example.com.";
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return null;
        }

        if (text == Any.Text)
        {
            return Any;
        }

        var isHttps = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!isHttps && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            problem = "only https:// and, for clear text, http:// are origins an account can be sent to.";
            return null;
        }

        var authority = text[(isHttps ? 8 : 7)..];
        var isWildcard = authority.StartsWith("*.", StringComparison.Ordinal);
        if (isWildcard)
        {
            authority = authority[2..];
        }

        if (authority.AsSpan().ContainsAny(NotInAuthority)
            || HoldsInvisible(authority)
            || !Uri.TryCreate($"{(isHttps ? "https" : "http")}://{authority}", UriKind.Absolute, out var uri)
            || !Origin.TryCreate(uri, out var origin))
        {
            problem = "nothing may follow the host and port, no path, not even a slash; and no user information, no '*' but a leading '*.'.";
            return null;
        }

        return isWildcard ? Subdomains(origin, out problem) : new() { Text = origin.ToString(), Origin = origin, Kind = Match.Literal };
    }

    public bool Matches(in Origin origin) => Kind switch
    {
        Match.Literal => Origin == origin,
        Match.Subdomains => origin.IsHttps && origin.Port == Origin.Port && origin.Host.Length > Suffix.Length && origin.Host.EndsWith(Suffix, StringComparison.Ordinal),
        _ => origin.IsHttps,
    };

    private static AllowedOrigin? Subdomains(in Origin origin, out string problem)
    {
        problem = "";
        if (!origin.IsHttps)
        {
            problem = "'*.' cannot stand with http: name each host that may be sent a credential in clear text.";
            return null;
        }

        if (!origin.Host.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(origin.Host, out _))
        {
            problem = "'*.' cannot stand before a single label or an address: it would take in far too much.";
            return null;
        }

        var suffix = $".{origin.Host}";
        return new() { Text = $"https://*{suffix}{(origin.Port == 443 ? "" : $":{origin.Port}")}", Origin = origin, Suffix = suffix, Kind = Match.Subdomains };
    }

    // Spaces, controls and joiners: Uri cuts them off, and IDNA drops them or not by the platform it runs on.
    private static bool HoldsInvisible(string authority)
    {
        foreach (var c in authority)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
