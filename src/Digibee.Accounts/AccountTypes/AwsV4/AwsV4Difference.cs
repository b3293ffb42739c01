using System.Text;

namespace Digibee.Accounts;

/// <summary>Where the service's canonical request is another than ours, line by line, in words that hold no secret.</summary>
internal sealed class AwsV4Difference
{
    // A person reads it, and it goes into a log.
    private const int MaxLines = 16;
    private const int MaxText = 160;

    // Shorter ones are in every text by chance, and are no secret.
    private const int MinSecret = 6;

    // So much of a secret is one: a server may send a part of it back, or cut it at a sign that separates.
    private const int MinPart = 8;

    // Lines whose values are worth nothing to anybody else. All other values are told by their length.
    private static readonly string[] ShownHeaders = ["host", "content-type", "content-length", "content-md5", "range", "x-amz-date", "x-amz-content-sha256", "x-amz-target", "x-amz-decoded-content-length"];

    private readonly List<string> _secrets = [];
    private readonly StringBuilder _text = new();
    private int _lines;

    private AwsV4Difference(AccountRequest request)
    {
        // What a server sends back may hold what it was sent, in any line. Our own Authorization is the names and the scope that are shown, and a signature that is good for this request.
        foreach (var (name, value) in request.Headers)
        {
            if (!name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && !ShownHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                AddSecret(value.ToString());
            }
        }

        foreach (var cookie in request.Headers.TryGetValues("Cookie", out var cookies) ? cookies.ToString().Split(';') : [])
        {
            AddSecret(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }

        foreach (var pair in request.RequestUri.Query.TrimStart('?').Split('&'))
        {
            AddSecret(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        }
    }

    /// <summary>Compares.</summary>
    /// <param name="request">The message, still signed.</param>
    /// <param name="ours">The canonical request that was signed.</param>
    /// <param name="theirs">The canonical request that the service states.</param>
    public static string Describe(AccountRequest request, string ours, string theirs)
    {
        if (ours == theirs)
        {
            return "The service derives the canonical request that was signed, so it has another secret access key under this id, or expects another region or service; or a handler below the accounts changed the message after it was signed.";
        }

        var difference = new AwsV4Difference(request);
        difference._text.Append("The service reads the request otherwise than it was signed:");
        difference.Compare(ours.Split('\n'), theirs.ReplaceLineEndings("\n").Split('\n'));
        return difference._text.ToString();
    }

    private void Compare(string[] ours, string[] theirs)
    {
        CompareLine("method", ours, theirs, static lines => lines[0]);
        CompareLine("path", ours, theirs, static lines => Line(lines, 1));
        CompareNamed("query parameter", Named(Line(ours, 2).Split('&'), '='), Named(Line(theirs, 2).Split('&'), '='), isShown: static _ => false);
        CompareNamed("header", Named(Headers(ours), ':'), Named(Headers(theirs), ':'), isShown: static name => ShownHeaders.Contains(name));
        CompareLine("list of signed headers", ours, theirs, static lines => Line(lines, lines.Length - 2));
        CompareLine("payload hash", ours, theirs, static lines => lines[^1]);
        if (_lines == 0)
        {
            Add("in the order or the number of its lines.");
        }
    }

    private void CompareLine(string what, string[] ours, string[] theirs, Func<string[], string> line)
    {
        var (signed, read) = (line(ours), line(theirs));
        if (signed != read)
        {
            Add($"{what}: signed {Show(signed)}, read {Show(read)}");
        }
    }

    private void CompareNamed(string what, List<KeyValuePair<string, string>> ours, List<KeyValuePair<string, string>> theirs, Func<string, bool> isShown)
    {
        foreach (var (name, signed) in ours)
        {
            var index = theirs.FindIndex(pair => pair.Key == name);
            if (index < 0)
            {
                Add($"{what} {Show(name)}: signed, not read");
                continue;
            }

            var read = theirs[index].Value;
            theirs.RemoveAt(index);
            if (signed != read)
            {
                Add($"{what} {Show(name)}: " + (isShown(name) ? $"signed {Show(signed)}, read {Show(read)}" : $"signed with {signed.Length} characters, read with {read.Length}; they differ from character {Common(signed, read)} on"));
            }
        }

        foreach (var (name, _) in theirs)
        {
            Add($"{what} {Show(name)}: read, not signed");
        }
    }

    private void Add(string line)
    {
        _lines++;
        if (_lines <= MaxLines)
        {
            _text.Append('\n').Append("- ").Append(line);
        }
        else if (_lines == MaxLines + 1)
        {
            _text.Append("\n- and more");
        }
    }

    // In quotes; without line breaks and what else could forge a log.
    private string Show(string text)
    {
        var shown = text.Length > MaxText ? string.Concat(text.AsSpan(0, MaxText), "…") : text;
        var decoded = Uri.UnescapeDataString(Uri.UnescapeDataString(shown));
        foreach (var secret in _secrets)
        {
            if (HoldsPart(shown, secret) || HoldsPart(decoded, secret))
            {
                return "***";
            }
        }

        return $"'{string.Create(shown.Length, shown, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from[i] is >= ' ' and <= '~' or '…' ? from[i] : '?';
            }
        })}'";
    }

    private static bool HoldsPart(string text, ReadOnlySpan<char> secret)
    {
        var length = Math.Min(secret.Length, MinPart);
        for (var start = 0; start <= secret.Length - length; start++)
        {
            if (text.AsSpan().Contains(secret.Slice(start, length), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private void AddSecret(string value)
    {
        foreach (var form in (string[])[value.Trim(), Uri.UnescapeDataString(value.Trim())])
        {
            if (form.Length >= MinSecret)
            {
                _secrets.Add(form);
            }
        }
    }

    private static string Line(string[] lines, int index) => index >= 0 && index < lines.Length ? lines[index] : "";

    // Between the query and the empty line before the list of signed headers.
    private static string[] Headers(string[] lines) => lines.Length > 6 ? lines[3..^3] : [];

    private static List<KeyValuePair<string, string>> Named(string[] lines, char separator)
    {
        var named = new List<KeyValuePair<string, string>>();
        foreach (var line in lines)
        {
            if (line.Length > 0)
            {
                var end = line.IndexOf(separator, StringComparison.Ordinal);
                named.Add(end < 0 ? new(line, "") : new(line[..end], line[(end + 1)..]));
            }
        }

        return named;
    }

    private static int Common(string left, string right) => left.AsSpan().CommonPrefixLength(right);
}
