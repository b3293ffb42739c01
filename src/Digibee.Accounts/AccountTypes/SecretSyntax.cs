using System.Buffers;

namespace Digibee.Accounts;

/// <summary>What a secret may be made of, by the place it is sent in; on its bytes, so that no string is made to look at it. The same rules as <see cref="HeaderSyntax"/>'s.</summary>
internal static class SecretSyntax
{
    private static readonly SearchValues<byte> CookieOctets =
        SearchValues.Create("!#$%&'()*+-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private static readonly SearchValues<byte> TokenOctets =
        SearchValues.Create("-._~+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Tells whether a header can carry it: visible ASCII with spaces and tabs inside only (RFC 9110, section 5.5, without obs-text).</summary>
    public static bool IsHeaderValue(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty || utf8[0] is (byte)' ' or (byte)'\t' || utf8[^1] is (byte)' ' or (byte)'\t')
        {
            return false;
        }

        foreach (var b in utf8)
        {
            if (b is not ((byte)'\t' or (>= (byte)' ' and <= (byte)'~')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether a cookie can carry it as it is (RFC 6265, section 4.1.1).</summary>
    public static bool IsCookieValue(ReadOnlySpan<byte> utf8) => !utf8.ContainsAnyExcept(CookieOctets);

    /// <summary>Tells whether it is a <c>b64token</c>, as bearer tokens are meant to be (RFC 6750, section 2.1).</summary>
    public static bool IsBearerToken(ReadOnlySpan<byte> utf8)
    {
        var token = utf8.TrimEnd((byte)'=');
        return !token.IsEmpty && !token.ContainsAnyExcept(TokenOctets);
    }

    /// <summary>Tells whether it holds a control character: CTL of RFC 5234, appendix B.1.</summary>
    public static bool HoldsControl(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)0x00, (byte)0x1F) || utf8.Contains((byte)0x7F);
}
