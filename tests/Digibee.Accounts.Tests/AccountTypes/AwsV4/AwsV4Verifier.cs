using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Verifies a signature as a service does, from what it received. It shares no code with the library, and is written to be read, not to be fast.</summary>
internal sealed class AwsV4Verifier(string secretAccessKey)
{
    /// <summary>Says what is wrong with a request; <see langword="null"/> when a service would take it.</summary>
    public string? Refuse(RecordedRequest request, bool isS3)
    {
        if (request.Header("Authorization") is not { } authorization || !authorization.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
        {
            return "There is no signature.";
        }

        var parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(", ").Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1], StringComparer.Ordinal);
        var scope = parts["Credential"].Split('/')[1..];
        var signed = parts["SignedHeaders"].Split(';');
        var unsigned = request.Headers.Keys.Select(static name => name.ToLowerInvariant()).Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal) && !signed.Contains(name)).ToArray();
        if (!signed.Contains("host") || unsigned.Length > 0)
        {
            return $"Not signed: {string.Join(", ", unsigned)}.";
        }

        var payload = request.Header("x-amz-content-sha256");
        if (payload is not null and not "UNSIGNED-PAYLOAD" && payload != Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body))))
        {
            return "The body is another one.";
        }

        var date = request.Header("x-amz-date")!;
        var canonical = CanonicalRequest(request, signed, payload ?? Hex(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body))), isS3);
        var text = $"AWS4-HMAC-SHA256\n{date}\n{string.Join('/', scope)}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), static (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        return date[..8] != scope[0] ? "The days differ." : signature == parts["Signature"] ? null : $"The signature is another one. The service reads:\n{canonical}";
    }

    private static string CanonicalRequest(RecordedRequest request, string[] signed, string payload, bool isS3)
    {
        var target = request.Target.Split('?', 2);
        var path = isS3 ? Encode(Decode(target[0]), keepSlash: true) : Encode(Encoding.UTF8.GetBytes(Normalize(target[0])), keepSlash: true);
        var query = (target.Length > 1 ? target[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static piece => piece.Split('=', 2))
            .Select(static pair => (Name: Encode(Decode(pair[0]), keepSlash: false), Value: Encode(Decode(pair.Length > 1 ? pair[1] : ""), keepSlash: false)))
            .OrderBy(static pair => pair.Name, StringComparer.Ordinal).ThenBy(static pair => pair.Value, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Name}={pair.Value}");
        var lines = signed.Select(name => $"{name}:{string.Join(' ', request.Header(name)!.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))}\n");
        return $"{request.Method}\n{path}\n{string.Join('&', query)}\n{string.Concat(lines)}\n{string.Join(';', signed)}\n{payload}";
    }

    private static string Normalize(string path)
    {
        var kept = new Stack<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                kept.TryPop(out _);
            }
            else if (segment is not ("" or "."))
            {
                kept.Push(segment);
            }
        }

        var normalized = "/" + string.Join('/', kept.Reverse());
        return normalized.Length > 1 && path.Split('/')[^1] is "" or "." or ".." ? normalized + "/" : normalized;
    }

    private static byte[] Decode(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '+' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private static string Encode(byte[] bytes, bool keepSlash) => string.Concat(bytes.Select(b =>
        char.IsAsciiLetterOrDigit((char)b) || "-._~".Contains((char)b) || (keepSlash && b == '/') ? ((char)b).ToString() : $"%{b:X2}"));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
