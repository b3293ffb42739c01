using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>Checks the signature of a request by RFC 9421, sections 2.5 and 3.3.3, and shares nothing with the library.</summary>
internal static class MessageSignatureByHand
{
    public static bool HasMac(RecordedRequest request, string key)
    {
        if (request.Header("Signature-Input") is not ['s', 'i', 'g', '1', '=', .. var input] || request.Header("Signature") is not { } signature)
        {
            return false;
        }

        var components = input[1..input.IndexOf(')', StringComparison.Ordinal)].Split(' ');
        var lines = string.Concat(components.Select(component => $"{component}: {Value(request, component.Trim('"'))}\n"));
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes($"{lines}\"@signature-params\": {input}"));
        return signature == $"sig1=:{Convert.ToBase64String(mac)}:" && IsDigestRight(request);
    }

    private static string? Value(RecordedRequest request, string component) => component switch
    {
        "@method" => request.Method,
        "@authority" => request.Host,
        "@path" => request.Target.Split('?')[0],
        "@query" => "?" + string.Concat(request.Target.SkipWhile(static c => c != '?').Skip(1)),
        _ => request.Header(component),
    };

    private static bool IsDigestRight(RecordedRequest request) =>
        request.Header("Content-Digest") is not { } digest || digest == $"sha-256=:{Convert.ToBase64String(SHA256.HashData(request.BodyBytes))}:";
}
