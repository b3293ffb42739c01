using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The key derived from a secret access key for one scope, kept keyed. Safe for concurrent use; wiped when disposed.</summary>
/// <remarks>"Derive a signing key" in the AWS IAM User Guide, "Create a signed AWS API request".</remarks>
internal sealed class AwsV4SigningKey : AwsV4Signer
{
    public const int Length = HMACSHA256.HashSizeInBytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyedHashPool _hashes;

    private readonly byte[] _authorizationStart;

    public AwsV4SigningKey(AwsV4CredentialScope scope, string accessKeyId, ReadOnlySpan<byte> secretAccessKey)
        : base(scope)
    {
        _authorizationStart = Encoding.ASCII.GetBytes($"AWS4-HMAC-SHA256 Credential={accessKeyId}/{Encoding.ASCII.GetString(scope.Text)}, SignedHeaders=");

        var key = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        Derive(secretAccessKey, scope, key);
        _hashes = new KeyedHashPool(HashAlgorithmName.SHA256, key);
    }

    public override ReadOnlySpan<byte> AuthorizationStart => _authorizationStart;

    /// <summary>Derives the key.</summary>
    public static void Derive(ReadOnlySpan<byte> secretAccessKey, AwsV4CredentialScope scope, Span<byte> key)
    {
        var prefix = "AWS4"u8;
        using var first = new SecretBuffer(prefix.Length + secretAccessKey.Length, prefix.Length + secretAccessKey.Length);
        prefix.CopyTo(first.Span);
        secretAccessKey.CopyTo(first.Span[prefix.Length..]);

        Span<byte> steps = stackalloc byte[3 * Length];
        var day = steps[..Length];
        var region = steps.Slice(Length, Length);
        var service = steps[(2 * Length)..];
        try
        {
            HMACSHA256.HashData(first.Span, Encoding.ASCII.GetBytes(scope.DayText), day);
            HMACSHA256.HashData(day, Encoding.ASCII.GetBytes(scope.Region), region);
            HMACSHA256.HashData(region, Encoding.ASCII.GetBytes(scope.Service), service);
            HMACSHA256.HashData(service, "aws4_request"u8, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(steps);
        }
    }

    public override bool TrySign(ReadOnlySpan<byte> text, Span<byte> signature, out int length)
    {
        length = Length;
        return _hashes.TryCompute(text, second: default, signature[..Length]);
    }

    public override void Dispose() => _hashes.Dispose();
}
