using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Digibee.Accounts;

/// <summary>A key in one form, whatever it was written in: PKCS#8 (RFC 5958) and SubjectPublicKeyInfo (RFC 5280), the curve by name, the point uncompressed. A private key is wiped when disposed.</summary>
internal sealed class LoadedKey(KeyAlgorithm algorithm, SecretBuffer? privateKeyInfo, byte[] publicKeyInfo) : IDisposable
{
    public KeyAlgorithm Algorithm { get; } = algorithm;

    /// <summary>Gets whether it is a private key.</summary>
    public bool IsPrivate => privateKeyInfo is not null;

    /// <summary>Gets the PrivateKeyInfo; empty for a public key.</summary>
    public ReadOnlySpan<byte> PrivateKeyInfo => privateKeyInfo is null ? default : privateKeyInfo.Span;

    /// <summary>Gets the SubjectPublicKeyInfo. An RSA key for PSS only says RSA here.</summary>
    public ReadOnlySpan<byte> PublicKeyInfo => publicKeyInfo;

    /// <summary>Gets the object identifier of its curve; <see langword="null"/> for a key that is not on one with a name.</summary>
    public string? Curve { get; } = algorithm == KeyAlgorithm.Ec ? CurveOf(publicKeyInfo) : null;

    /// <summary>Gets the hash that an RSA key for PSS is bound to; <see langword="null"/> for none, and one without a name for none of ours.</summary>
    public HashAlgorithmName? PssHash { get; private set; }

    /// <summary>Gets its size in bits: an RSA key's modulus, a curve's order.</summary>
    public int Size => Algorithm switch
    {
        KeyAlgorithm.Rsa or KeyAlgorithm.RsaPss => ModulusBits(publicKeyInfo),
        KeyAlgorithm.Ec => Curve == KeyOids.P521 ? 521 : 8 * KeyOids.CurveLength(Curve!),
        KeyAlgorithm.Ed448 or KeyAlgorithm.X448 => 448,
        _ => 256,
    };

    /// <summary>Gets the SubjectPublicKeyInfo, for whoever keeps it.</summary>
    public ReadOnlyMemory<byte> PublicKeyInfoMemory => publicKeyInfo;

    /// <summary>Gets whether it lies on one of NIST's curves.</summary>
    public bool IsOnNistCurve => KeyOids.IsNistCurve(Curve);

    /// <summary>Binds an RSA key for PSS to a hash.</summary>
    public LoadedKey BoundTo(HashAlgorithmName? pssHash)
    {
        PssHash = pssHash;
        return this;
    }

    /// <summary>Opens an RSA key: the private one, or else the public one.</summary>
    public RSA OpenRsa() => Open(RSA.Create());

    /// <summary>Opens a key on a named curve: the private one, or else the public one.</summary>
    public ECDsa OpenEcdsa() => Open(ECDsa.Create());

    /// <summary>Gives its public half.</summary>
    public LoadedKey ToPublic() => new LoadedKey(Algorithm, privateKeyInfo: null, publicKeyInfo).BoundTo(PssHash);

    public void Dispose() => privateKeyInfo?.Dispose();

    private static string? CurveOf(byte[] publicKeyInfo)
    {
        var identifier = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        identifier.ReadObjectIdentifier();
        return PrivateKeyReader.CurveOf(identifier);
    }

    private static int ModulusBits(byte[] publicKeyInfo)
    {
        var info = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
        var modulus = new AsnReader(info.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence().ReadInteger();
        return (int)modulus.GetBitLength();
    }

    private T Open<T>(T instance)
        where T : AsymmetricAlgorithm
    {
        if (IsPrivate)
        {
            instance.ImportPkcs8PrivateKey(PrivateKeyInfo, out _);
        }
        else
        {
            instance.ImportSubjectPublicKeyInfo(PublicKeyInfo, out _);
        }

        return instance;
    }
}
