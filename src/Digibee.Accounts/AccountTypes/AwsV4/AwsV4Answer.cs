using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Digibee.Accounts;

/// <summary>What a service says of a request it did not take: the code of the error, and the canonical request that it derived.</summary>
/// <remarks>"Troubleshoot Signature Version 4 signing" in the AWS IAM User Guide. S3 has an element for each; others write it into their message, of XML or JSON.</remarks>
internal sealed record AwsV4Answer(string? Code, string? CanonicalRequest)
{
    // A code is the server's text; only these are repeated to the caller.
    private static readonly FrozenSet<string> KnownCodes = FrozenSet.ToFrozenSet(
        [
            "AccessDenied", "AccessDeniedException", "AuthFailure", "AuthorizationHeaderMalformed", "ExpiredToken", "ExpiredTokenException", "IncompleteSignature", "IncompleteSignatureException",
            "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidSignatureException", "InvalidToken", "MissingAuthenticationToken", "MissingAuthenticationTokenException", "NotAuthorized",
            "OptInRequired", "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "UnrecognizedClientException", "XAmzContentSHA256Mismatch",
        ],
        StringComparer.Ordinal);

    private const string MessageStart = "The Canonical String for this request should have been\n'";
    private const string MessageEnd = "'\n\nThe String-to-Sign";

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>Gets the code, if it is one that services are known to give.</summary>
    public string? KnownCode => Code is not null && KnownCodes.TryGetValue(Code, out var known) ? known : null;

    /// <summary>Gets whether the code says that the time of the signature is the reason.</summary>
    public bool SaysSkew => Code is "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture";

    /// <summary>Gets whether the time of the signature may be the reason.</summary>
    public bool MaySaySkew => Code is "SignatureDoesNotMatch" or "InvalidSignatureException" or "AuthFailure";

    /// <summary>Reads an answer. What cannot be read says nothing.</summary>
    /// <param name="errorType">The header <c>x-amzn-ErrorType</c>, if there is one.</param>
    /// <param name="body">The beginning of the body.</param>
    public static AwsV4Answer Read(string? errorType, ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        return text.StartsWith((byte)'{') ? ReadJson(errorType, text.ToArray()) : ReadXml(errorType, Encoding.UTF8.GetString(body));
    }

    private static AwsV4Answer ReadXml(string? errorType, string text)
    {
        var canonical = Element(text, "CanonicalRequest") ?? FromMessage(Element(text, "Message"));
        return new(Name(errorType) ?? Name(Element(text, "Code")), canonical);
    }

    private static AwsV4Answer ReadJson(string? errorType, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Shallow);
            var root = document.RootElement;
            return new(Name(errorType) ?? Name(Text(root, "__type") ?? Text(root, "code")), FromMessage(Text(root, "message") ?? Text(root, "Message")));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, cut off, or with text that is none (the second).
            return new(Name(errorType), null);
        }
    }

    // By search: a document that is cut off after its first bytes has them in the part that is there.
    private static string? Element(string text, string name)
    {
        var start = text.IndexOf($"<{name}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 2;
        var end = text.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end < 0 ? null : WebUtility.HtmlDecode(text[start..end]);
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // "com.amazon.coral.service#InvalidSignatureException", "InvalidSignatureException:http://…"
    private static string? Name(string? code)
    {
        if (code is null)
        {
            return null;
        }

        var colon = code.IndexOf(':', StringComparison.Ordinal);
        code = colon < 0 ? code : code[..colon];
        return code[(code.LastIndexOf('#') + 1)..].Trim();
    }

    private static string? FromMessage(string? message)
    {
        var start = message?.IndexOf(MessageStart, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        start += MessageStart.Length;
        var end = message!.IndexOf(MessageEnd, start, StringComparison.Ordinal);
        return end < 0 ? null : message[start..end];
    }
}
