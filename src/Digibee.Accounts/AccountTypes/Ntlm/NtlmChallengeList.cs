using System.Buffers;

namespace Digibee.Accounts;

/// <summary>Reads the schemes of a <c>WWW-Authenticate</c> line (RFC 9110, section 11.6.1), and what stands behind <c>NTLM</c> (MS-NTHT, section 2.1).</summary>
internal static class NtlmChallengeList
{
    private const string Scheme = "NTLM";
    private const string NotBase64 = "its NTLM challenge is too long, or not base64.";
    private const int MaxBase64Length = (NtlmChallengeMessage.MaxLength + 2) / 3 * 4;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t");

    public static void Read(ReadOnlySpan<char> line, NtlmResponse response, NtlmRefusal refusal)
    {
        while (!line.IsEmpty)
        {
            var end = EndOfElement(line);
            ReadElement(line[..end].Trim(" \t"), response, refusal);
            line = end < line.Length ? line[(end + 1)..] : [];
        }
    }

    // Commas part schemes, and the parameters of one scheme; in quotes they are text.
    private static int EndOfElement(ReadOnlySpan<char> line)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && line[i] == '\\')
            {
                i++;
            }
            else if (!isQuoted && line[i] == ',')
            {
                return i;
            }
        }

        return line.Length;
    }

    private static void ReadElement(ReadOnlySpan<char> element, NtlmResponse response, NtlmRefusal refusal)
    {
        var blank = element.IndexOfAny(Blanks);
        var scheme = blank < 0 ? element : element[..blank];
        if (!HeaderSyntax.IsToken(scheme))
        {
            // A parameter of the scheme before, such as realm="…".
            return;
        }

        response.Schemes.Add(AccountRefusal.NameOf(scheme));
        if (scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            response.OffersNtlm = true;
            response.Message ??= blank < 0 ? null : Decode(element[blank..].Trim(" \t"), refusal);
        }
    }

    private static byte[] Decode(ReadOnlySpan<char> base64, NtlmRefusal refusal)
    {
        // Refused before anything of that size is made, and without the blanks that Convert passes over.
        if (base64.Length > MaxBase64Length || base64.ContainsAny(Blanks))
        {
            throw refusal.Malformed(NotBase64);
        }

        var message = new byte[base64.Length / 4 * 3];
        return Convert.TryFromBase64Chars(base64, message, out var length) ? message[..length] : throw refusal.Malformed(NotBase64);
    }
}
