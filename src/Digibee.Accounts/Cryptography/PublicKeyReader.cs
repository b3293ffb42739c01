using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Digibee.Accounts;

/// <summary>Reads public keys: SubjectPublicKeyInfo (RFC 5280) and PKCS#1 (RFC 8017).</summary>
internal static class PublicKeyReader
{
    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    public static LoadedKey? ReadInfo(ReadOnlyMemory<byte> der, KeyMaterial material)
    {
        var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
        var algorithm = info.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (!info.TryReadPrimitiveBitString(out var unused, out var key) || unused != 0)
        {
            material.Fail(KeyProblem.Malformed);
            return null;
        }

        switch (KeyOids.AlgorithmOf(oid))
        {
            case null:
                material.Fail(KeyProblem.Unsupported);
                return null;
            case KeyAlgorithm.Rsa:
                return ReadRsa(key, KeyAlgorithm.Rsa, material);
            case KeyAlgorithm.RsaPss:
                return ReadRsa(key, KeyAlgorithm.RsaPss, material)?.BoundTo(PssParameters.ReadHash(algorithm));
            case KeyAlgorithm.Ec:
                return LoadEc(PrivateKeyReader.CurveOf(algorithm), key.Span, material);
            case var curve:
                return EdwardsKeys.ReadPublic(curve.Value, oid, key.Span, material);
        }
    }

    /// <summary>Reads an RSAPublicKey.</summary>
    public static LoadedKey? ReadRsa(ReadOnlyMemory<byte> der, KeyAlgorithm algorithm, KeyMaterial material)
    {
        using var rsa = RSA.Create();
        rsa.ImportRSAPublicKey(der.Span, out _);
        return LoadRsa(rsa, algorithm, material);
    }

    /// <summary>Takes the public half of an RSA key over.</summary>
    public static LoadedKey? LoadRsa(RSA rsa, KeyAlgorithm algorithm, KeyMaterial material)
    {
        if (rsa.KeySize <= PrivateKeyReader.MostRsaBits)
        {
            return new LoadedKey(algorithm, privateKeyInfo: null, rsa.ExportSubjectPublicKeyInfo());
        }

        material.Fail(KeyProblem.Unsupported);
        return null;
    }

    /// <summary>Makes a key of its point on a curve, compressed or not.</summary>
    public static LoadedKey? LoadEc(string? curve, ReadOnlySpan<byte> point, KeyMaterial material)
    {
        if (curve is null || KeyOids.CurveLength(curve) is not (> 0 and var size) || CustomNamedCurves.GetByOid(new(curve)) is not { } parameters)
        {
            material.Fail(KeyProblem.Unsupported);
            return null;
        }

        // Compressed or not, the platform takes one form; and it is on the curve, or this throws.
        var decoded = parameters.Curve.DecodePoint(point.ToArray()).Normalize().GetEncoded(compressed: false);
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.CreateFromValue(curve),
            Q = new ECPoint { X = decoded[1..(size + 1)], Y = decoded[(size + 1)..] },
        });
        return new LoadedKey(KeyAlgorithm.Ec, privateKeyInfo: null, ecdsa.ExportSubjectPublicKeyInfo());
    }
}
