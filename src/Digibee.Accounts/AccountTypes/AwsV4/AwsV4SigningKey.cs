using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Digibee.Accounts;

/// <summary>The key derived from a secret access key for one scope, kept keyed. Safe for concurrent use; wiped when disposed.</summary>
/// <remarks>"Derive a signing key" in the AWS IAM User Guide, "Create a signed AWS API request".</remarks>
internal sealed class AwsV4SigningKey : IDisposable
{
    public const int Length = HMACSHA256.HashSizeInBytes;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly KeyedHashPool _hashes;

    private readonly byte[] _authorizationStart;

    public AwsV4SigningKey(AwsV4CredentialScope scope, string accessKeyId, ReadOnlySpan<byte> secretAccessKey)
    {
        Scope = scope;
        _authorizationStart = Encoding.ASCII.GetBytes($"AWS4-HMAC-SHA256 Credential={accessKeyId}/{Encoding.ASCII.GetString(scope.Text)}, SignedHeaders=");

        var key = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        Derive(secretAccessKey, scope, key);
        _hashes = new KeyedHashPool(HashAlgorithmName.SHA256, key);
    }

    public AwsV4CredentialScope Scope { get; }

    /// <summary>Gets how the header begins: the algorithm, the credential, and the name of the next part.</summary>
    public ReadOnlySpan<byte> AuthorizationStart => _authorizationStart;

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
        HMACSHA256.HashData(first.Span, Encoding.ASCII.GetBytes(scope.DayText), day);
        HMACSHA256.HashData(day, Encoding.ASCII.GetBytes(scope.Region), region);
        HMACSHA256.HashData(region, Encoding.ASCII.GetBytes(scope.Service), service);
        HMACSHA256.HashData(service, "aws4_request"u8, key);
        CryptographicOperations.ZeroMemory(steps);
    }

    /// <summary>Signs a text.</summary>
    /// <returns><see langword="false"/> when the key was disposed: another one must be derived.</returns>
    public bool TrySign(ReadOnlySpan<byte> text, Span<byte> signature) => _hashes.TryCompute(text, second: default, signature);

    public void Dispose() => _hashes.Dispose();
}
