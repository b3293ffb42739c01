using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Signs and verifies with RSA (RFC 8017).</summary>
internal sealed class RsaSignatureKey(LoadedKey key) : SignatureKey
{
    /// <summary>The shortest key that still keeps a signature (NIST SP 800-131A; RFC 7518, section 3.3).</summary>
    public const int LeastBits = 2_048;

    private readonly PlatformKeys<RSA> _instances = new(key, static key => key.OpenRsa());
    private readonly KeyAlgorithm _kind = key.Algorithm;
    private readonly HashAlgorithmName? _pssHash = key.PssHash;

    public override SignatureAlgorithm DefaultAlgorithm { get; } =
        key.PssHash == HashAlgorithmName.SHA256 ? SignatureAlgorithm.RsaPssSha256
        : key.PssHash == HashAlgorithmName.SHA384 ? SignatureAlgorithm.RsaPssSha384
        : SignatureAlgorithm.RsaPssSha512;

    public override string Description => _kind == KeyAlgorithm.RsaPss ? "RSA key for PSS alone" : "RSA key";

    public override int MaxSignatureLength { get; } = (key.Size + 7) / 8;

    public override bool Supports(SignatureAlgorithm algorithm) =>
        SchemeOf(algorithm) is { } scheme
        && (_kind == KeyAlgorithm.Rsa || (scheme.Padding == RSASignaturePadding.Pss && (_pssHash is null || _pssHash == scheme.Hash)));

    /// <summary>Tells whether a key makes signatures of ours.</summary>
    public static bool IsFit(LoadedKey key) => key.Size >= LeastBits && (key.PssHash is null || key.PssHash.Value.Name is not null);

    public override bool TrySign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination, out int length)
    {
        length = 0;
        var (hash, padding) = SchemeOf(algorithm)!.Value;
        if (_instances.TryTake() is not { } rsa)
        {
            return false;
        }

        try
        {
            return rsa.TrySignData(data, destination, hash, padding, out length) ? true : throw TooShort(nameof(destination));
        }
        finally
        {
            _instances.Return(rsa);
        }
    }

    public override bool TryVerify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, out bool isValid)
    {
        isValid = false;
        var (hash, padding) = SchemeOf(algorithm)!.Value;
        if (_instances.TryTake() is not { } rsa)
        {
            return false;
        }

        try
        {
            isValid = rsa.VerifyData(data, signature, hash, padding);
            return true;
        }
        finally
        {
            _instances.Return(rsa);
        }
    }

    public override void Dispose() => _instances.Dispose();

    private static (HashAlgorithmName Hash, RSASignaturePadding Padding)? SchemeOf(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RsaPssSha512 => (HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
        SignatureAlgorithm.RsaPssSha384 => (HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
        SignatureAlgorithm.RsaPssSha256 => (HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        SignatureAlgorithm.RsaPkcs1Sha256 => (HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        SignatureAlgorithm.RsaPkcs1Sha384 => (HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        SignatureAlgorithm.RsaPkcs1Sha512 => (HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        _ => null,
    };
}
