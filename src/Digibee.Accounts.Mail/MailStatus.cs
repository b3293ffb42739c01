using System.Globalization;

namespace Digibee.Accounts;

/// <summary>Status codes at the head of a server's text: digits, and nothing else of it.</summary>
internal static class MailStatus
{
    /// <summary>Gives the codes of a text such as <c>535: 5.7.8 refused</c>; zero when it does not begin with one.</summary>
    public static (int Code, string Enhanced) CodesOf(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[3] != ':' || !int.TryParse(text[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return (0, "");
        }

        return (code, EnhancedCodeOf(text[4..].TrimStart(' ')));
    }

    /// <summary>Gives the enhanced code (RFC 3463, section 2), such as <c>5.7.8</c>; empty when the text does not begin with one.</summary>
    public static string EnhancedCodeOf(ReadOnlySpan<char> text)
    {
        var end = 0;
        var dots = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            dots += text[end] == '.' ? 1 : 0;
            end++;
        }

        var code = text[..end];
        return dots == 2 && end is >= 5 and <= 9 && code[0] is '2' or '4' or '5' && code[1] == '.' && code[^1] != '.' && !code.Contains("..", StringComparison.Ordinal) ? code.ToString() : "";
    }
}
