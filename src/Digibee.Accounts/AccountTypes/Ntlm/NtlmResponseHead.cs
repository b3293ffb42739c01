using System.Globalization;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Reads the head of an answer, more strictly than RFC 9112 demands: what two readers could take differently is refused.</summary>
internal static class NtlmResponseHead
{
    private const string MalformedHead = "the head of its answer is malformed.";

    /// <summary>Reads a head.</summary>
    /// <param name="head">Status line and fields, without the empty line that ends them.</param>
    /// <param name="refusal">Says why it cannot be.</param>
    /// <exception cref="AccountUnavailableException">It is malformed.</exception>
    public static NtlmResponse Parse(ReadOnlySpan<byte> head, NtlmRefusal refusal)
    {
        // Latin-1 keeps each byte, and the lines are looked at one by one.
        var text = Encoding.Latin1.GetString(head).AsSpan();
        NtlmResponse? response = null;
        foreach (var range in text.Split("\r\n"))
        {
            var line = text[range];
            if (line.ContainsAny('\r', '\n', '\0'))
            {
                throw refusal.Malformed(MalformedHead);
            }

            if (response is null)
            {
                response = ParseStatusLine(line, refusal);
            }
            else
            {
                ParseField(line, response, refusal);
            }
        }

        return response!.IsChunked && response.ContentLength is not null ? throw refusal.Malformed(MalformedHead) : response;
    }

    private static NtlmResponse ParseStatusLine(ReadOnlySpan<char> line, NtlmRefusal refusal)
    {
        // HTTP/1.1 SP 401 SP reason; some leave out the last space with the reason.
        if (line.Length < 12 || !line.StartsWith("HTTP/1.", StringComparison.Ordinal) || line[7] is not ('0' or '1') || line[8] != ' ' || (line.Length > 12 && line[12] != ' ')
            || !int.TryParse(line[9..12], NumberStyles.None, CultureInfo.InvariantCulture, out var status) || status < 100)
        {
            throw refusal.Malformed("it does not answer in HTTP/1.1.");
        }

        return new NtlmResponse { Status = status, IsHttp11 = line[7] == '1' };
    }

    private static void ParseField(ReadOnlySpan<char> line, NtlmResponse response, NtlmRefusal refusal)
    {
        var colon = line.IndexOf(':');
        if (colon < 1 || !HeaderSyntax.IsToken(line[..colon]))
        {
            throw refusal.Malformed(MalformedHead);
        }

        var name = line[..colon];
        var value = line[(colon + 1)..].Trim(" \t");
        if (Is(name, "WWW-Authenticate"))
        {
            NtlmChallengeList.Read(value, response, refusal);
        }
        else if (Is(name, "Connection"))
        {
            response.SaysClose |= value.Contains("close", StringComparison.OrdinalIgnoreCase);
            response.SaysKeepAlive |= value.Contains("keep-alive", StringComparison.OrdinalIgnoreCase);
        }
        else if (Is(name, "Content-Length"))
        {
            response.ContentLength = response.ContentLength is null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : throw refusal.Malformed(MalformedHead);
        }
        else if (Is(name, "Transfer-Encoding"))
        {
            response.IsChunked = !response.IsChunked && Is(value, "chunked") ? true : throw refusal.Malformed(MalformedHead);
        }
        else if (Is(name, "Persistent-Auth"))
        {
            response.Persists = Is(value, "true");
        }
    }

    private static bool Is(ReadOnlySpan<char> text, string other) => text.Equals(other, StringComparison.OrdinalIgnoreCase);
}
