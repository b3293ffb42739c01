using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>Signs and verifies with ECDSA (FIPS 186-5), each curve with the one hash that RFC 7518, 8812 and 9421 know for it. Signatures are the two numbers side by side.</summary>
internal sealed class EcdsaSignatureKey : SignatureKey
{
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly PlatformKeys<ECDsa> _instances;
    private readonly HashAlgorithmName _hash;

    private EcdsaSignatureKey(LoadedKey key, SignatureAlgorithm algorithm, HashAlgorithmName hash, string description)
    {
        _instances = new(key, static key => key.OpenEcdsa());
        _hash = hash;
        DefaultAlgorithm = algorithm;
        Description = description;
        MaxSignatureLength = 2 * ((key.Size + 7) / 8);
    }

    public override SignatureAlgorithm DefaultAlgorithm { get; }

    public override string Description { get; }

    public override int MaxSignatureLength { get; }

    public static new EcdsaSignatureKey? TryCreate(LoadedKey key) => key.Curve switch
    {
        KeyOids.P256 => new(key, SignatureAlgorithm.EcdsaP256Sha256, HashAlgorithmName.SHA256, "P-256 key"),
        KeyOids.P384 => new(key, SignatureAlgorithm.EcdsaP384Sha384, HashAlgorithmName.SHA384, "P-384 key"),
        KeyOids.P521 => new(key, SignatureAlgorithm.EcdsaP521Sha512, HashAlgorithmName.SHA512, "P-521 key"),
        KeyOids.Secp256k1 => new(key, SignatureAlgorithm.EcdsaSecp256k1Sha256, HashAlgorithmName.SHA256, "secp256k1 key"),
        _ => null,
    };

    public override bool Supports(SignatureAlgorithm algorithm) => algorithm == DefaultAlgorithm;

    public override bool TrySign(ReadOnlySpan<byte> data, SignatureAlgorithm algorithm, Span<byte> destination, out int length)
    {
        length = 0;
        if (_instances.TryTake() is not { } ecdsa)
        {
            return false;
        }

        try
        {
            return ecdsa.TrySignData(data, destination, _hash, Format, out length) ? true : throw TooShort(nameof(destination));
        }
        finally
        {
            _instances.Return(ecdsa);
        }
    }

    public override bool TryVerify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, SignatureAlgorithm algorithm, out bool isValid)
    {
        isValid = false;
        if (_instances.TryTake() is not { } ecdsa)
        {
            return false;
        }

        try
        {
            isValid = ecdsa.VerifyData(data, signature, _hash, Format);
            return true;
        }
        finally
        {
            _instances.Return(ecdsa);
        }
    }

    public override void Dispose() => _instances.Dispose();
}
