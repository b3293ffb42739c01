namespace Digibee.Accounts;

/// <summary>The fields of signatures (RFC 9421, section 4, and RFC 9530, section 2).</summary>
internal static class SignatureHeaders
{
    public const string Input = "Signature-Input";
    public const string Signature = "Signature";
    public const string ContentDigest = "Content-Digest";
    public const string LowerContentDigest = "content-digest";
}
