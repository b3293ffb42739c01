using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>Every text that gives a canary away, and the search for all of them at once.</summary>
internal sealed class LeakForms
{
    private readonly List<(string Name, string Text)> _forms = [];
    private readonly SearchValues<string> _all;

    public LeakForms(string value, string core)
    {
        Add("plain text", value);
        Add("URL-encoded text", Uri.EscapeDataString(value));
        Add("URL-encoded text", Everywhere(value, "%", "X2"));
        Add("URL-encoded text", Everywhere(value, "%", "x2"));
        Add("JSON-escaped text", JsonEncodedText.Encode(value).Value);
        Add("JSON-escaped text", JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value.Replace("/", "\\/", StringComparison.Ordinal));
        Add("JSON-escaped text", Everywhere(value, "\\u", "x4"));
        Add("JSON-escaped text", Everywhere(value, "\\u", "X4"));

        // Letters and digits pass every other escape unchanged, and a truncated value may still hold them.
        Add("a part of the text", core);
        AddBytes("", Encoding.ASCII.GetBytes(core));
        AddBytes(" of UTF-16", Encoding.Unicode.GetBytes(core));
        Add("UTF-16", string.Join('\0', (IEnumerable<char>)core));

        // What is Base64 or hexadecimal inside a field (a keytab, a key) and is encoded once more around it.
        var bytes = Encoding.ASCII.GetBytes(core);
        foreach (var inner in (string[])[Base64(bytes, 0), Base64(bytes, 1), Base64(bytes, 2), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)])
        {
            AddBytes(", encoded twice", Encoding.ASCII.GetBytes(inner));
        }

        _all = SearchValues.Create([.. _forms.Select(static form => form.Text).Distinct(StringComparer.Ordinal)], StringComparison.Ordinal);
    }

    public string? Find(string text) => FindAsItIs(text) ?? FindAcrossLines(text);

    private string? FindAsItIs(string text)
    {
        if (!text.AsSpan().ContainsAny(_all))
        {
            return null;
        }

        foreach (var (name, form) in _forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }

    // PEM and MIME break Base64 into lines, and JSON writes the breaks as \r\n.
    private string? FindAcrossLines(string text) => text.AsSpan().ContainsAny("\r\n\\")
        ? FindAsItIs(text
            .Replace("\\r", "", StringComparison.Ordinal).Replace("\\n", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            .Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase).Replace("\\/", "/", StringComparison.Ordinal))
        : null;

    private void AddBytes(string suffix, byte[] bytes)
    {
        for (var skipped = 0; skipped < 3; skipped++)
        {
            var base64 = Base64(bytes, skipped);
            Add("Base64" + suffix, base64);
            Add("Base64" + suffix, base64.Replace('+', '-').Replace('/', '_'));
        }

        Add("hexadecimal digits" + suffix, Convert.ToHexString(bytes));
        Add("hexadecimal digits" + suffix, Convert.ToHexStringLower(bytes));
        foreach (var separator in (string[])["-", ":", " "])
        {
            Add("hexadecimal digits" + suffix, string.Join(separator, bytes.Select(static b => b.ToString("X2", null))));
            Add("hexadecimal digits" + suffix, string.Join(separator, bytes.Select(static b => b.ToString("x2", null))));
        }

        foreach (var separator in (string[])[",", ", ", " "])
        {
            Add("a list of bytes" + suffix, string.Join(separator, bytes));
        }
    }

    private void Add(string name, string text) => _forms.Add((name, text));

    // Three bytes are four characters, so some bytes have three forms, by how many stand before them. Only whole groups are the same whatever stands around.
    private static string Base64(byte[] bytes, int skipped) => Convert.ToBase64String(bytes.AsSpan(skipped, (bytes.Length - skipped) / 3 * 3));

    private static string Everywhere(string value, string before, string format) =>
        string.Concat(value.Select(character => before + ((int)character).ToString(format, null)));
}
