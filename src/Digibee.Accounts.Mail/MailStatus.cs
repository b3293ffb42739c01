namespace Digibee.Accounts;

/// <summary>Enhanced status codes (RFC 3463, section 2) at the head of a server's text.</summary>
internal static class MailStatus
{
    /// <summary>Gives the code, such as <c>5.7.8</c>; empty when the text does not begin with one.</summary>
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
