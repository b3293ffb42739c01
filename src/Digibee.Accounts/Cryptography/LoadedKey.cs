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

    /// <summary>Gets whether it lies on one of NIST's curves.</summary>
    public bool IsOnNistCurve
    {
        get
        {
            var identifier = new AsnReader(publicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            identifier.ReadObjectIdentifier();
            return KeyOids.IsNistCurve(PrivateKeyReader.CurveOf(identifier));
        }
    }

    /// <summary>Opens an RSA private key.</summary>
    public RSA OpenRsa()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(PrivateKeyInfo, out _);
        return rsa;
    }

    /// <summary>Opens a private key on a named curve.</summary>
    public ECDsa OpenEcdsa()
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(PrivateKeyInfo, out _);
        return ecdsa;
    }

    public void Dispose() => privateKeyInfo?.Dispose();
}
