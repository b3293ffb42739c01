using System.Text.Json.Serialization;

namespace Digibee.Accounts;

/// <summary>How somebody signs a request.</summary>
/// <param name="SignedHeaders">The names of the signed headers.</param>
/// <param name="Signature">The signature, in hexadecimal.</param>
/// <param name="BodyHash">The hash of the body; <see langword="null"/> where it is not computed.</param>
/// <param name="CanonicalRequest">What was derived from the request, for whoever looks for a difference.</param>
internal sealed record AwsV4OracleAnswer(
    [property: JsonPropertyName("signed_headers")] string SignedHeaders,
    [property: JsonPropertyName("signature")] string Signature,
    [property: JsonPropertyName("body_hash")] string? BodyHash,
    [property: JsonPropertyName("canonical_request")] string? CanonicalRequest);
