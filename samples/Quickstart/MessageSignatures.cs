using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Quickstart;

/// <summary>The other side of HTTP message signatures (RFC 9421), written out by hand: for one set of covered components, which is all that this service takes.</summary>
internal sealed class MessageSignatures : IDisposable
{
    public const string SharedKey = "c2hhcmVkLWtleS1vZi10aGUtcXVpY2tzdGFydC0wMQ==";

    private const string Covered = "(\"@method\" \"@authority\" \"@path\" \"@query\")";
    private const string Label = "sig1=";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public MessageSignatures() => PrivateKeyPem = _key.ExportPkcs8PrivateKeyPem();

    /// <summary>Gets the key that the program signs with. The service would have its public half only.</summary>
    public string PrivateKeyPem { get; }

    /// <summary>Gets a line of it, to search for.</summary>
    public string PrivateKeyLine => PrivateKeyPem.Split('\n')[1];

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public static bool HasMac(HttpRequest request) =>
        Read(request) is var (text, signature) && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Convert.FromBase64String(SharedKey), text), signature);

    public bool IsSigned(HttpRequest request) => Read(request) is var (text, signature) && _key.VerifyData(text, signature, HashAlgorithmName.SHA256);

    /// <summary>Answers with a signature over the answer and the question.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var body = "42"u8.ToArray();
        var digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:";
        var parameters = $"(\"@status\" \"content-digest\" \"@method\";req \"@path\";req);created={DateTimeOffset.UtcNow.ToUnixTimeSeconds()};keyid=\"crm\"";
        var text = $"\"@status\": 200\n\"content-digest\": {digest}\n\"@method\";req: {context.Request.Method}\n\"@path\";req: {context.Request.Path}\n\"@signature-params\": {parameters}";
        context.Response.Headers["Content-Digest"] = digest;
        context.Response.Headers["Signature-Input"] = Label + parameters;
        context.Response.Headers["Signature"] = $"{Label}:{Convert.ToBase64String(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}:";
        await context.Response.Body.WriteAsync(body);
    }

    public void Dispose() => _key.Dispose();

    private static (byte[] Text, byte[] Signature)? Read(HttpRequest request)
    {
        var input = request.Headers["Signature-Input"].ToString();
        var signature = request.Headers["Signature"].ToString();
        if (!input.StartsWith(Label + Covered, StringComparison.Ordinal) || !signature.StartsWith(Label, StringComparison.Ordinal))
        {
            return null;
        }

        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = target.Length > 1 ? target[1] : "";
        var text = $"\"@method\": {request.Method}\n\"@authority\": {request.Host}\n\"@path\": {target[0]}\n\"@query\": ?{query}\n\"@signature-params\": {input[Label.Length..]}";
        return (Encoding.ASCII.GetBytes(text), Convert.FromBase64String(signature[Label.Length..].Trim(':')));
    }
}
